#include "target/unfinished.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "bson/elements.hpp"

namespace mim::target {
namespace {

constexpr std::string_view builder_prefix = "IndexBuildsCoordinator";
constexpr std::string_view time_series_prefix = "system.buckets.";

std::string_view text_of_field(bson::DocumentView document, std::string_view field) {
    const auto value = document.find(field);
    return value ? value->string().value_or("") : "";
}

std::vector<std::string> names_of_specifications(bson::DocumentView command) {
    std::vector<std::string> names;
    const auto specifications = command.find("indexes");
    if (!specifications) return names;
    for (const auto each : bson::elements(*specifications)) {
        const auto specification = each.document();
        if (specification) names.emplace_back(text_of_field(*specification, "name"));
    }
    return names;
}

// None for what is no build in this database.
std::optional<BuildOperation> build_operation(bson::DocumentView operation, const std::string& database) {
    std::string_view space = text_of_field(operation, "ns");
    if (!space.starts_with(database + ".")) return std::nullopt;
    space.remove_prefix(database.size() + 1);
    BuildOperation build;
    const bool builds = text_of_field(operation, "desc").starts_with(builder_prefix);
    if (builds) build.of = BuildOperation::Of::builder;
    const auto holder = operation.find("command");
    const auto command = holder ? holder->document() : std::nullopt;
    // The namespace of a command may be that of all commands of the database.
    std::string_view collection = command ? text_of_field(*command, "createIndexes") : "";
    if (collection.empty() && !builds) return std::nullopt;
    if (collection.empty()) collection = space;
    if (collection.starts_with(time_series_prefix)) collection.remove_prefix(time_series_prefix.size());
    build.collection = collection;
    if (command) build.indexes = names_of_specifications(*command);
    return build;
}

bool tells_of_all(const std::vector<std::string>& told, const std::vector<index::LiveIndex>& listed) {
    return std::all_of(listed.begin(), listed.end(), [&](const index::LiveIndex& index) {
        return index.spec.is_id_index() || contains(told, index.spec.name);
    });
}

}  // namespace

Unfinished unfinished_in_storage(const std::vector<bson::Document>& statistics) {
    std::vector<std::string> names;
    for (const bson::Document& each : statistics) {
        const auto building = each.find("building");
        if (!building || building->type() != bson::Type::array) return std::nullopt;
        for (const auto name : bson::elements(*building)) names.emplace_back(name.string().value_or(""));
    }
    if (statistics.empty()) return std::nullopt;
    return names;
}

Unfinished unfinished_in_usage(const std::vector<bson::Document>& statistics,
                               const std::vector<index::LiveIndex>& listed) {
    std::vector<std::string> told, names;
    for (const bson::Document& each : statistics) {
        const std::string name(text_of_field(each, "name"));
        if (each.contains("spec")) told.push_back(name);
        if (const auto building = each.find("building"); building && building->truthy())
            names.push_back(name);
    }
    if (!tells_of_all(told, listed)) return std::nullopt;
    return names;
}

std::vector<BuildOperation> build_operations(const std::vector<bson::Document>& operations,
                                             const std::string& database) {
    std::vector<BuildOperation> builds;
    for (const bson::Document& each : operations) {
        if (auto build = build_operation(each, database)) builds.push_back(std::move(*build));
    }
    return builds;
}

Unfinished unfinished_in_operations(const std::vector<BuildOperation>& operations,
                                    const std::string& collection) {
    std::vector<std::string> names;
    for (const BuildOperation& each : operations) {
        if (each.collection != collection || each.of != BuildOperation::Of::builder) continue;
        if (each.indexes.empty()) return std::nullopt;
        names.insert(names.end(), each.indexes.begin(), each.indexes.end());
    }
    const auto is_built = [&](const std::string& name) { return contains(names, name); };
    for (const BuildOperation& each : operations) {
        if (each.collection != collection || each.of != BuildOperation::Of::client) continue;
        if (std::none_of(each.indexes.begin(), each.indexes.end(), is_built)) return std::nullopt;
    }
    return names;
}

}  // namespace mim::target
