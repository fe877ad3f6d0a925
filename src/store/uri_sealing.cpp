#include "store/uri_sealing.hpp"

namespace mim::store {
namespace {

using drivers::crypto::SecretBox;

constexpr std::size_t uris_of_a_batch = 500;

// `visit(const StoredUri&) -> Done` for each.
template <class Visit>
Done for_each_uri(StoredUris& uris, const Visit& visit) {
    std::string after;
    for (;;) {
        MIM_TRY(batch, uris.read(after, uris_of_a_batch));
        if (batch.empty()) return {};
        for (const auto& uri : batch) MIM_CHECK(visit(uri));
        after = batch.back().database.text();
    }
}

}  // namespace

std::string place_of_uri(const DatabaseId& database) {
    return "database " + database.text() + " uri";
}

std::int64_t SealCount::all() const {
    std::int64_t sum = in_the_clear;
    for (const auto& [key, count] : by_key) sum += count;
    return sum;
}

Result<SealCount> count_seals(StoredUris& uris) {
    SealCount count;
    MIM_CHECK(for_each_uri(uris, [&count](const StoredUri& uri) -> Done {
        const auto key = SecretBox::key_id_of(uri.text.reveal());
        ++(key ? count.by_key[*key] : count.in_the_clear);
        return {};
    }));
    return count;
}

Result<std::vector<UnreadableUri>> unreadable_uris(StoredUris& uris, const SecretBox& box) {
    std::vector<UnreadableUri> unreadable;
    MIM_CHECK(for_each_uri(uris, [&](const StoredUri& uri) -> Done {
        if (!SecretBox::is_sealed(uri.text.reveal())) return {};
        const auto opened = box.open(uri.text.reveal(), place_of_uri(uri.database));
        if (!opened) unreadable.push_back({uri.database, opened.error()});
        return {};
    }));
    return unreadable;
}

Result<SealingReport> seal_uris(StoredUris& uris, const SecretBox& box, Scope scope,
                                const std::function<void(std::int64_t)>& on_seen) {
    SealingReport report;
    std::int64_t seen = 0;
    const auto visit = [&](const StoredUri& uri) -> Done {
        on_seen(++seen);
        const auto key = SecretBox::key_id_of(uri.text.reveal());
        if (key && (*key == box.current_id() || scope == Scope::in_the_clear)) {
            ++report.current;
            return {};
        }
        const std::string place = place_of_uri(uri.database);
        const auto plain = key ? box.open(uri.text.reveal(), place) : Result<Secret>(uri.text);
        if (!plain) {
            report.unreadable.push_back({uri.database, plain.error()});
            return {};
        }
        MIM_TRY(exchanged, uris.exchange(uri, Secret(box.seal(*plain, place))));
        if (exchanged == Exchanged::yes) ++(key ? report.resealed : report.sealed);
        return {};
    };
    MIM_CHECK(for_each_uri(uris, visit));
    if (report.sealed + report.resealed == 0) return report;
    MIM_TRY(wiped, uris.wipe_replaced());
    report.wiped = wiped;
    return report;
}

}  // namespace mim::store
