#include <algorithm>

#include "index/canonical/canonical.hpp"
#include "index/canonical/canonical_options.hpp"
#include "index/definition/key_type.hpp"
#include "index/rules/rejection.hpp"

namespace mim::index {
namespace {

constexpr int clustered_name_taken = 6100906;
constexpr ServerVersion version_4_2{4, 2};
constexpr ServerVersion version_8_0{8, 0};

// Before 8.0 a server that has the index takes no notice of `hidden`.
bool same_options(const Canonical& left, const Canonical& right, ServerVersion version) {
    const bool hidden_counts = version >= version_8_0;
    const auto counts = [hidden_counts](const auto& option) {
        return !is_index_version_option(option.first) && (hidden_counts || option.first != "hidden");
    };
    const auto next = [&](auto at, auto end) { return std::find_if(at, end, counts); };
    auto a = next(left.options.begin(), left.options.end()),
         b = next(right.options.begin(), right.options.end());
    while (a != left.options.end() && b != right.options.end()) {
        if (a->first != b->first || a->second.text != b->second.text) return false;
        a = next(std::next(a), left.options.end());
        b = next(std::next(b), right.options.end());
    }
    return a == left.options.end() && b == right.options.end();
}

// As they are written; what one side lacks, the canonical forms tell.
bool same_words(const Spec& left, const Spec& right, std::string_view option) {
    const auto a = left.options.find(option), b = right.options.find(option);
    return !a || !b || bson::equal_by_value(*a, *b);
}

// Of what the canonical form makes alike and the server does not: it compares seconds as they are stored, and
// before 5.0 a filter as it was written.
bool same_as_stored(const Spec& left, const Spec& right, ServerVersion version) {
    const bool same_filter = version >= version_5_0 || same_words(left, right, "partialFilterExpression");
    return same_filter && same_words(left, right, "expireAfterSeconds");
}

struct Side {
    const Spec& spec;
    Canonical canonical;
};

Meeting meet(const Side& existing, const Side& incoming, ServerVersion version) {
    const bool same_name = existing.spec.name == incoming.spec.name;
    if (existing.canonical.signature != incoming.canonical.signature) {
        return same_name ? Meeting::other_identity : Meeting::unrelated;
    }
    if (!same_name && version < version_4_2) return Meeting::identical;
    const bool same = same_options(existing.canonical, incoming.canonical, version) &&
                      same_as_stored(existing.spec, incoming.spec, version);
    return same_name && same ? Meeting::identical : Meeting::other_options;
}

Acceptance refused(Rejection rejection) {
    return {Acceptance::Kind::refused, std::move(rejection)};
}

Rejection conflict(Meeting meeting, const Spec& existing, const Spec& incoming) {
    const std::string name = in_quotes(existing.name);
    if (meeting == Meeting::other_identity) {
        return refuse(server_code::index_key_specs_conflict, "name",
                      "An index named " + name +
                          " exists with another key or identity: choose another name, or drop it first.");
    }
    if (existing.name == incoming.name) {
        return refuse(server_code::index_options_conflict, "",
                      "The index " + name + " exists with other options: alter it, or drop it first.");
    }
    return refuse(server_code::index_options_conflict, "name",
                  "The same index exists under the name " + name + ": use that name, or drop it first.");
}

Verdict check_limits(const std::vector<Spec>& existing, const Spec& incoming) {
    if (existing.size() >= max_indexes_per_collection) {
        return refuse("",
                      "The collection has 64 indexes already, the most that is possible: drop one first.");
    }
    if (key_type(incoming.key) != KeyType::text) return std::nullopt;
    for (const auto& index : existing) {
        if (key_type(index.key) != KeyType::text) continue;
        return refuse("key", "A collection has one text index only, and " + in_quotes(index.name) +
                                 " is it: add the fields to it.");
    }
    return std::nullopt;
}

bool takes_clustered_name(const Spec& incoming, const CollectionTraits& collection) {
    if (!collection.clustered() || incoming.is_id_index()) return false;
    const auto clustered = collection.options.find("clusteredIndex")->document();
    const auto name = clustered ? clustered->find("name") : std::nullopt;
    return name && name->string() == incoming.name;
}

}  // namespace

Meeting meet(const Spec& existing, const Spec& incoming, const RuleContext& context) {
    return meet(Side{existing, canonicalise(existing, context)},
                Side{incoming, canonicalise(incoming, context)}, context.version);
}

// Source: mongo src/mongo/db/catalog/index_catalog_impl.cpp (_doesSpecConflictWithExisting): first the name,
// then the signature, then the limits.
Acceptance accept(const std::vector<Spec>& existing, const Spec& incoming, const RuleContext& context) {
    // The collection is this index itself.
    if (context.collection.clustered() && incoming.is_id_index())
        return {Acceptance::Kind::already_exists, {}};
    if (takes_clustered_name(incoming, context.collection)) {
        return refused(refuse(
            clustered_name_taken, "name",
            in_quotes(incoming.name) + " is the name of the collection's clustered index: choose another."));
    }
    const Side wanted{incoming, canonicalise(incoming, context)};
    const Spec* other = nullptr;
    Meeting other_meeting = Meeting::unrelated;
    for (const auto& index : existing) {
        const auto meeting = meet(Side{index, canonicalise(index, context)}, wanted, context.version);
        if (meeting == Meeting::unrelated) continue;
        if (index.name == incoming.name || !other) {
            other = &index;
            other_meeting = meeting;
        }
        if (index.name == incoming.name) break;
    }
    if (other && other_meeting == Meeting::identical) return {Acceptance::Kind::already_exists, {}};
    if (other) return refused(conflict(other_meeting, *other, incoming));
    if (auto verdict = check_limits(existing, incoming)) return refused(std::move(*verdict));
    return {};
}

}  // namespace mim::index
