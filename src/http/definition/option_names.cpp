#include "http/definition/option_names.hpp"

#include <algorithm>
#include <array>

namespace mim::http {
namespace {

constexpr std::array option_table{
    OptionName{"is_unique", "unique", OptionKind::boolean},
    OptionName{"expire_after_seconds", "expireAfterSeconds", OptionKind::integer, {0, 2147483647}},
    OptionName{"is_sparse", "sparse", OptionKind::boolean},
    OptionName{"is_hidden", "hidden", OptionKind::boolean},
    OptionName{"collation", "collation", OptionKind::collation},
    OptionName{"partial_filter_expression", "partialFilterExpression", OptionKind::document},
    OptionName{"wildcard_projection", "wildcardProjection", OptionKind::document},
    OptionName{"storage_engine", "storageEngine", OptionKind::document},
    OptionName{"default_language", "default_language", OptionKind::string},
    OptionName{"language_override", "language_override", OptionKind::string},
    OptionName{"weights", "weights", OptionKind::weights},
    OptionName{"text_index_version", "textIndexVersion", OptionKind::integer},
    OptionName{"sphere_index_version", "2dsphereIndexVersion", OptionKind::integer},
    OptionName{"bits", "bits", OptionKind::integer},
    OptionName{"min", "min", OptionKind::number},
    OptionName{"max", "max", OptionKind::number},
};

constexpr std::array collation_table{
    OptionName{"locale", "locale", OptionKind::string},
    OptionName{"strength", "strength", OptionKind::integer},
    OptionName{"case_level", "caseLevel", OptionKind::boolean},
    OptionName{"case_first", "caseFirst", OptionKind::string},
    OptionName{"numeric_ordering", "numericOrdering", OptionKind::boolean},
    OptionName{"alternate", "alternate", OptionKind::string},
    OptionName{"max_variable", "maxVariable", OptionKind::string},
    OptionName{"normalization", "normalization", OptionKind::boolean},
    OptionName{"backwards", "backwards", OptionKind::boolean},
    OptionName{"version", "version", OptionKind::string},
};

std::string api_name(std::span<const OptionName> table, std::string_view mongo_name) {
    const auto row = std::ranges::find(table, mongo_name, &OptionName::mongo);
    return std::string(row != table.end() ? row->api : mongo_name);
}

std::string key_place(const index::Spec& spec, std::string_view field) {
    std::size_t position = 0;
    for (const bson::ValueView value : spec.key) {
        if (value.key() == field) return "keys[" + std::to_string(position) + "]";
        ++position;
    }
    return "keys";
}

bool is_option(std::string_view mongo_name) {
    return std::ranges::find(option_table, mongo_name, &OptionName::mongo) != option_table.end();
}

}  // namespace

std::span<const OptionName> index_options() {
    return option_table;
}
std::span<const OptionName> collation_options() {
    return collation_table;
}

std::string api_option_name(std::string_view mongo_name) {
    return api_name(option_table, mongo_name);
}

std::string api_path(const index::Spec& spec, std::string_view mongo_path) {
    if (mongo_path == "key") return "keys";
    if (mongo_path.starts_with("key.")) return key_place(spec, mongo_path.substr(4));
    const std::size_t dot = std::min(mongo_path.find('.'), mongo_path.size());
    const std::string_view option = mongo_path.substr(0, dot);
    if (!is_option(option)) {
        return spec.options.contains(option) ? "options.other." + std::string(mongo_path)
                                             : std::string(mongo_path);
    }
    const std::string place = "options." + api_option_name(option);
    if (dot == mongo_path.size()) return place;
    const std::string_view rest = mongo_path.substr(dot + 1);
    return place + "." + (option == "collation" ? api_name(collation_table, rest) : std::string(rest));
}

}  // namespace mim::http
