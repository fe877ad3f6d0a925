#include "sandbox/catalog/listed_index.hpp"

#include "bson/builder.hpp"
#include "index/definition/catalog_listing.hpp"

namespace mim::sandbox::catalog {

bson::Document raw_form(const index::Spec& spec) {
    bson::Builder result;
    if (const auto version = spec.options.find("v")) result.add("v", *version);
    result.add("key", spec.key).add("name", spec.name);
    result.add_all(bson::without(spec.options, {"v"}));
    return result.take();
}

bson::Document listed_form(const index::Spec& spec, index::ServerVersion version) {
    const auto raw = raw_form(spec);
    if (version < index::ServerVersion{5, 0}) return raw;
    return raw_form(index::listed_from_catalog(raw));
}

}  // namespace mim::sandbox::catalog
