#include "index/restorable.hpp"

#include "bson/builder.hpp"
#include "index/stored_form.hpp"

namespace mim::index {
namespace {

bool is_version_1(const Spec& spec) {
    const auto version = spec.options.find("v");
    return version && version->integer() == 1;
}

}  // namespace

Spec restorable_form(const Spec& listed, const CollectionTraits& collection) {
    Spec spec = user_form(listed);
    if (spec.options.contains("collation") || !collection.default_collation() || is_version_1(listed))
        return spec;
    const bson::Document simple = bson::Builder().add("locale", "simple").take();
    spec.options = bson::Builder().add_all(spec.options).add("collation", simple).take();
    return spec;
}

}  // namespace mim::index
