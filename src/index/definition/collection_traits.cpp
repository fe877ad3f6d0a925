#include "index/definition/collection_traits.hpp"

namespace mim::index {
namespace {

std::string time_series_field(const bson::Document& options, std::string_view name) {
    const auto time_series = options.find("timeseries");
    const auto fields = time_series ? time_series->document() : std::nullopt;
    const auto field = fields ? fields->find(name) : std::nullopt;
    return std::string(field ? field->string().value_or("") : "");
}

}  // namespace

bool CollectionTraits::capped() const {
    const auto value = options.find("capped");
    return value && value->truthy();
}

bool CollectionTraits::clustered() const {
    const auto value = options.find("clusteredIndex");
    return value && value->truthy();
}

std::optional<bson::Document> CollectionTraits::default_collation() const {
    const auto value = options.find("collation");
    const auto collation = value ? value->document() : std::nullopt;
    if (!collation) return std::nullopt;
    const auto locale = collation->find("locale");
    if (!locale || locale->string() == "simple") return std::nullopt;
    return bson::Document(*collation);
}

std::string CollectionTraits::time_field() const {
    return time_series_field(options, "timeField");
}
std::string CollectionTraits::meta_field() const {
    return time_series_field(options, "metaField");
}

}  // namespace mim::index
