#include "sandbox/catalog/bucket_form.hpp"

#include "bson/builder.hpp"

namespace mim::sandbox::catalog {
namespace {

// A field at or below the metaField, with the rest of its path; none for another field.
std::optional<std::string> in_meta(std::string_view field, const std::string& meta) {
    if (meta.empty() || !field.starts_with(meta)) return std::nullopt;
    if (field.size() == meta.size()) return "meta";
    if (field[meta.size()] != '.') return std::nullopt;
    return "meta" + std::string(field.substr(meta.size()));
}

void add_bounds(bson::Builder& into, const bson::ValueView& field) {
    const std::string low = "control.min." + std::string(field.key()),
                      high = "control.max." + std::string(field.key());
    const bool ascending = field.number().value_or(1) > 0;
    into.add(ascending ? low : high, field).add(ascending ? high : low, field);
}

}  // namespace

index::Spec bucket_form(const index::Spec& spec, const index::CollectionTraits& traits) {
    bson::Builder key;
    for (const auto field : spec.key) {
        if (const auto meta = in_meta(field.key(), traits.meta_field())) {
            key.add(*meta, field);
        } else if (field.is_number()) {
            add_bounds(key, field);
        } else {
            key.add("data." + std::string(field.key()), "2dsphere_bucket");
        }
    }
    index::Spec result = spec;
    result.key = key.take();
    return result;
}

bson::Document bucket_shard_key(bson::DocumentView shard_key, const index::CollectionTraits& traits) {
    bson::Builder key;
    for (const auto field : shard_key) {
        const auto meta = in_meta(field.key(), traits.meta_field());
        key.add(meta ? *meta : "control.min." + std::string(field.key()), field);
    }
    return key.take();
}

}  // namespace mim::sandbox::catalog
