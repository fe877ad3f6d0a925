#include "http/definition/option_names.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "index/definition/index_option.hpp"

namespace mim::http {
namespace {

OptionKind json_kind_of(index::OptionKind kind) {
    switch (kind) {
        case index::OptionKind::flag:
        case index::OptionKind::strict_flag:
        case index::OptionKind::unjudged_flag:
            return OptionKind::boolean;
        case index::OptionKind::whole:
        case index::OptionKind::index_version:
        case index::OptionKind::seconds:
            return OptionKind::integer;
        case index::OptionKind::fraction:
            return OptionKind::number;
        case index::OptionKind::text:
            return OptionKind::string;
        case index::OptionKind::weights:
            return OptionKind::weights;
        case index::OptionKind::collation:
            return OptionKind::collation;
        case index::OptionKind::document:
        case index::OptionKind::filter:
        case index::OptionKind::projection:
        case index::OptionKind::anything:
            break;
    }
    return OptionKind::document;
}

std::vector<OptionName> named_options() {
    constexpr IntegerRange seconds{0, std::numeric_limits<std::int32_t>::max()};
    std::vector<const index::IndexOption*> rows;
    for (const index::IndexOption& option : index::index_options()) {
        if (option.contract) rows.push_back(&option);
    }
    std::ranges::sort(rows, {}, [](const index::IndexOption* row) { return row->contract->position; });
    std::vector<OptionName> named;
    for (const index::IndexOption* const row : rows) {
        named.push_back({row->contract->name, row->name, json_kind_of(row->kind)});
        if (row->kind == index::OptionKind::seconds) named.back().range = seconds;
    }
    return named;
}

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
    return std::ranges::find(index_options(), mongo_name, &OptionName::mongo) != index_options().end();
}

}  // namespace

std::span<const OptionName> index_options() {
    static const std::vector<OptionName> named = named_options();
    return named;
}
std::span<const OptionName> collation_options() {
    return collation_table;
}

std::string api_option_name(std::string_view mongo_name) {
    return api_name(index_options(), mongo_name);
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
