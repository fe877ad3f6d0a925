#include "index/comparison/ownership.hpp"

#include "bson/builder.hpp"

namespace mim::index {

bool is_id(const Spec& spec) {
    return spec.name == "_id_" || spec.is_id_index();
}

bool is_of_queryable_encryption(const Spec& live, const CollectionTraits& collection) {
    return collection.options.contains("encryptedFields") && live.key.contains("__safeContent__");
}

bool is_server_owned(const Spec& live, const CollectionTraits& collection) {
    const auto clustered = live.options.find("clustered");
    if (clustered && clustered->truthy()) return true;
    if (is_of_queryable_encryption(live, collection)) return true;
    if (collection.kind != CollectionKind::time_series) return false;
    const std::string meta = collection.meta_field(), time = collection.time_field();
    if (meta.empty() || time.empty()) return false;
    const bson::Document automatic = bson::Builder().add(meta, 1).add(time, 1).take();
    return bson::equal_by_value(live.key, automatic);
}

}  // namespace mim::index
