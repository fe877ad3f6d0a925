#include "sandbox/catalog/new_index.hpp"

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"

namespace mim::sandbox::catalog {

index::Spec new_index(bson::DocumentView document, const index::RuleContext& context) {
    constexpr std::int64_t usual_version = 2;
    auto spec = index::Spec::from_document(document);
    const auto version = spec.options.find("v");
    if (version && version->integer() == usual_version) spec.options = bson::without(spec.options, {"v"});
    return index::stored_form(spec, context);
}

}  // namespace mim::sandbox::catalog
