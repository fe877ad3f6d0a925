#include "index/definition/shard_key.hpp"

#include <algorithm>

#include "index/definition/key_type.hpp"

namespace mim::index {
namespace {

// Whether `key` begins with fields that are `same` as those of `prefix`, one by one.
template <class Same>
bool begins_with(bson::DocumentView key, bson::DocumentView prefix, const Same& same) {
    auto field = key.begin();
    for (const auto wanted : prefix) {
        if (field == key.end() || !same(*field, wanted)) return false;
        ++field;
    }
    return true;
}

bool same_field(const bson::ValueView& left, const bson::ValueView& right) {
    return left.key() == right.key();
}

bool same_field_and_value(const bson::ValueView& left, const bson::ValueView& right) {
    return same_field(left, right) && bson::equal_by_value(left, right);
}

bool is_on(const Spec& spec, std::string_view option) {
    const auto value = spec.options.find(option);
    return value && value->truthy();
}

bool has_own_collation(const Spec& spec) {
    const auto value = spec.options.find("collation");
    const auto collation = value ? value->document() : std::nullopt;
    const auto locale = collation ? collation->find("locale") : std::nullopt;
    return locale && locale->string() != "simple";
}

}  // namespace

bool supports_shard_key(const Spec& listed, bson::DocumentView shard_key) {
    if (is_on(listed, "sparse") || is_on(listed, "hidden") || has_own_collation(listed)) return false;
    if (listed.options.contains("partialFilterExpression") || key_type(listed.key) == KeyType::wildcard)
        return false;
    return begins_with(listed.key, shard_key, same_field_and_value);
}

bool may_be_unique_across_shards(bson::DocumentView key, bson::DocumentView shard_key) {
    if (!key.empty() && (*key.begin()).key() == "_id") return true;
    return begins_with(key, shard_key, same_field);
}

bool is_last_for_shard_key(const std::vector<Spec>& ready, std::string_view name,
                           bson::DocumentView shard_key) {
    bool is_one = false;
    for (const Spec& spec : ready) {
        if (!supports_shard_key(spec, shard_key)) continue;
        if (spec.name != name) return false;
        is_one = true;
    }
    return is_one;
}

}  // namespace mim::index
