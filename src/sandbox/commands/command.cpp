#include "sandbox/commands/command.hpp"

#include <array>
#include <unordered_map>

#include "sandbox/catalog/description.hpp"

namespace mim::sandbox::commands {
namespace {

std::unordered_map<std::string_view, const Command*> all_commands() {
    const std::array families{handshake_family(),       authentication_family(), server_family(),
                              feature_version_family(), session_family(),        listing_family(),
                              collection_family(),      create_indexes_family(), drop_indexes_family(),
                              coll_mod_family(),        cursor_family(),         find_family(),
                              write_family(),           aggregate_family(),      statistics_family(),
                              operation_family(),       sandbox_family()};
    std::unordered_map<std::string_view, const Command*> commands;
    for (const auto& family : families) {
        for (const auto& command : family) commands.emplace(command.name, &command);
    }
    return commands;
}

}  // namespace

const Command* find_command(std::string_view name) {
    static const auto commands = all_commands();
    const auto found = commands.find(name);
    return found == commands.end() ? nullptr : found->second;
}

Accepted admin_only(const Request& request) {
    if (request.database == "admin") return {};
    return refuse(server_code::unauthorized,
                  request.command + " may only be run against the admin database.");
}

catalog::Name without_buckets(Instance& instance, const catalog::Name& name) {
    if (!name.collection.starts_with(catalog::buckets_prefix)) return name;
    catalog::Name series{name.database, name.collection.substr(catalog::buckets_prefix.size())};
    const auto* const collection = instance.catalog.find(series);
    const bool is_series =
        collection != nullptr && collection->traits().kind == index::CollectionKind::time_series;
    return is_series ? series : name;
}

Answer<catalog::Collection*> existing(Instance& instance, const catalog::Name& name) {
    catalog::Collection* collection = instance.catalog.find(name);
    if (collection == nullptr)
        return refuse(server_code::namespace_not_found, "ns does not exist: " + name.text());
    return collection;
}

Answer<catalog::Collection*> existing_not_view(Instance& instance, const catalog::Name& name) {
    MIM_TRY(collection, existing(instance, name));
    if (collection->traits().kind == index::CollectionKind::view)
        return refuse(server_code::command_not_supported_on_view,
                      "Namespace " + name.text() + " is a view, not a collection");
    return collection;
}

}  // namespace mim::sandbox::commands
