#include "store/copy.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace mim::store {
namespace {

constexpr std::size_t items_of_a_batch = 500;
constexpr std::size_t large_ones_of_a_batch = 20;  // each may have thousands of records, or of definitions

std::size_t batch_of(Kind kind) {
    const bool may_be_large = kind == Kind::syncs || kind == Kind::trash;
    return may_be_large ? large_ones_of_a_batch : items_of_a_batch;
}

// FNV-1a: finds what was lost or changed by accident, and no more is asked of it.
std::uint64_t hash_of(const std::string& bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    return hash;
}

// Those of `items` that the other side lacks or has otherwise.
Result<std::vector<Item>> differing(Archive& to, Kind kind, const std::string& after,
                                    std::vector<Item> items) {
    std::unordered_map<std::string, std::uint64_t> there;
    std::string last = after;
    while (last < id_of(items.back())) {
        MIM_TRY(found, to.read(kind, last, batch_of(kind)));
        if (found.empty()) break;
        for (const auto& item : found) there.emplace(id_of(item), hash_of(bytes_of(item)));
        last = id_of(found.back());
    }
    std::erase_if(items, [&there](const Item& item) {
        const auto other = there.find(id_of(item));
        return other != there.end() && other->second == hash_of(bytes_of(item));
    });
    return items;
}

Done copy_kind(Archive& from, Archive& to, Kind kind, const OnCopied& on_copied) {
    CopyProgress progress{kind, 0, 0};
    std::string after;
    for (;;) {
        MIM_TRY(items, from.read(kind, after, batch_of(kind)));
        if (items.empty()) break;
        const std::string last = id_of(items.back());
        progress.seen += static_cast<std::int64_t>(items.size());
        MIM_TRY(wanted, differing(to, kind, after, std::move(items)));
        if (!wanted.empty()) MIM_CHECK(to.write(wanted));
        progress.written += static_cast<std::int64_t>(wanted.size());
        on_copied(progress);
        after = last;
    }
    if (progress.seen == 0) on_copied(progress);
    return {};
}

// The ids of `archive` after `after`, at least as far as `last`.
Result<std::set<std::string>> ids_up_to(Archive& archive, Kind kind, std::string after,
                                        const std::string& last) {
    std::set<std::string> ids;
    while (after < last) {
        MIM_TRY(items, archive.read(kind, after, batch_of(kind)));
        if (items.empty()) break;
        for (const auto& item : items) ids.insert(id_of(item));
        after = id_of(items.back());
    }
    return ids;
}

Result<std::optional<Foreign>> first_foreign_of(Archive& from, Archive& to, Kind kind) {
    std::string after;
    for (;;) {
        MIM_TRY(items, to.read(kind, after, batch_of(kind)));
        if (items.empty()) return std::optional<Foreign>();
        const std::string last = id_of(items.back());
        MIM_TRY(known, ids_up_to(from, kind, after, last));
        for (const auto& item : items) {
            if (!known.contains(id_of(item))) return std::optional(Foreign{kind, id_of(item)});
        }
        after = last;
    }
}

}  // namespace

Result<std::optional<Foreign>> first_foreign(Archive& from, Archive& to) {
    for (const Kind kind : all_kinds) {
        MIM_TRY(foreign, first_foreign_of(from, to, kind));
        if (foreign) return foreign;
    }
    return std::optional<Foreign>();
}

Done copy_all(Archive& from, Archive& to, const OnCopied& on_copied) {
    for (const Kind kind : all_kinds) MIM_CHECK(copy_kind(from, to, kind, on_copied));
    return {};
}

Result<Inventory> inventory_of(Archive& archive, Kind kind) {
    Inventory inventory;
    std::string after;
    for (;;) {
        MIM_TRY(items, archive.read(kind, after, batch_of(kind)));
        if (items.empty()) return inventory;
        for (const auto& item : items) {
            inventory.items += 1;
            inventory.checksum += hash_of(bytes_of(item));
        }
        after = id_of(items.back());
    }
}

}  // namespace mim::store
