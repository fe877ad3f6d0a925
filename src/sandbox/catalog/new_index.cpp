#include "sandbox/catalog/new_index.hpp"

#include "bson/builder.hpp"
#include "index/definition/stored_form.hpp"
#include "sandbox/catalog/normal_projection.hpp"

namespace mim::sandbox::catalog {
namespace {

bson::Document with_normal_projection(bson::DocumentView options) {
    bson::Builder result;
    for (const auto option : options) {
        const auto projection = option.key() == "wildcardProjection" ? option.document() : std::nullopt;
        if (projection) {
            result.add(option.key(), normal_projection(*projection));
        } else {
            result.add(option.key(), option);
        }
    }
    return result.take();
}

}  // namespace

index::Spec new_index(bson::DocumentView document, const index::RuleContext& context) {
    constexpr std::int64_t usual_version = 2;
    auto spec = index::Spec::from_document(document);
    const auto version = spec.options.find("v");
    if (version && version->integer() == usual_version) spec.options = bson::without(spec.options, {"v"});
    const bool normalises = context.version >= index::version_5_0 && context.version < index::version_7_0;
    if (normalises) spec.options = with_normal_projection(spec.options);
    return index::stored_form(spec, context);
}

}  // namespace mim::sandbox::catalog
