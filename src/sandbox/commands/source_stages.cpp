#include "sandbox/commands/source_stages.hpp"

#include <array>

#include "base/contains.hpp"
#include "bson/builder.hpp"
#include "sandbox/catalog/bucket_form.hpp"
#include "sandbox/catalog/description.hpp"
#include "sandbox/catalog/listed_index.hpp"
#include "sandbox/commands/running_operations.hpp"
#include "sandbox/commands/statistics.hpp"

namespace mim::sandbox::commands {
namespace {

using Documents = std::vector<bson::Document>;
using Source = Answer<std::optional<Documents>>;

std::optional<Documents> documents(Documents found) {
    return std::optional<Documents>(std::move(found));
}

void append(Documents& to, Documents from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// A fail point may name the stage.
Accepted meet_fail_point(Instance& instance, const Request& request,
                         const std::optional<catalog::Name>& collection, std::string_view stage) {
    const auto sabotage = instance.fail_point.meet(
        {std::string(stage), request.client->app_name,
         collection ? collection->text() : request.database + ".$cmd.aggregate", request.database});
    if (sabotage && sabotage->refusal) return *sabotage->refusal;
    return {};
}

// The stage needs the right to list every collection and its indexes.
Accepted may_list_catalog(const Instance& instance) {
    if (!instance.fail_point.forbids("listCollections") && !instance.fail_point.forbids("listIndexes"))
        return {};
    return refuse(server_code::unauthorized,
                  "not authorized on admin to execute command { aggregate: 1, pipeline: "
                  "[ { $listCatalog: {} } ] }");
}

// Source: mongo src/mongo/db/pipeline/document_source_list_catalog.cpp; semantics section 10.
Source list_catalog(Instance& instance, const Request& request,
                    const std::optional<catalog::Name>& collection, const bson::ValueView& stage) {
    if (instance.settings.version < index::ServerVersion{6, 0})
        return refuse(40324, "Unrecognized pipeline stage name: '$listCatalog'");
    const auto specification = stage.document();
    if (stage.type() != bson::Type::document || !specification->empty())
        return refuse(6200600, "The $listCatalog stage specification must be an empty object");
    if (!collection && request.database != "admin")
        return refuse(server_code::invalid_namespace,
                      "Collectionless $listCatalog must be run against the 'admin' database");
    MIM_CHECK(meet_fail_point(instance, request, std::nullopt, stage.key()));
    MIM_CHECK(may_list_catalog(instance));
    Documents result;
    for (const auto& [database, collections] : instance.catalog.databases()) {
        if (!collection || database == collection->database)
            append(result, catalog::catalog_entries(instance.catalog, database));
    }
    if (collection)
        std::erase_if(result, [&](const bson::Document& entry) {
            return entry.find("name")->string() != std::optional<std::string_view>(collection->collection);
        });
    return documents(std::move(result));
}

Source index_statistics(Instance& instance, const std::optional<catalog::Name>& name) {
    if (!name) return refuse(server_code::invalid_namespace, "$indexStats is not valid for {aggregate: 1}");
    const auto* collection = instance.catalog.find(*name);
    Documents result;
    if (collection == nullptr) return documents(std::move(result));
    if (collection->traits().kind == index::CollectionKind::view)
        return refuse(server_code::command_not_supported_on_view,
                      "Namespace " + name->text() + " is a view, not a collection");
    for (const auto& entry : collection->indexes()) {
        bson::Builder accesses, described;
        accesses.add("ops", entry.operations);
        accesses.add_date("since", entry.counting_since.time_since_epoch().count());
        described.add("name", entry.spec.name).add("key", entry.spec.key).add("host", instance.address());
        described.add("accesses", accesses.take()).add("spec", catalog::raw_form(entry.spec));
        if (entry.state == catalog::IndexEntry::State::building) described.add("building", true);
        result.push_back(described.take());
    }
    return documents(std::move(result));
}

Source statistics_stage(Instance& instance, const std::optional<catalog::Name>& name,
                        const bson::ValueView& stage) {
    if (!name) return refuse(server_code::invalid_namespace, "$collStats is not valid for {aggregate: 1}");
    const auto wanted = stage.document();
    if (stage.type() != bson::Type::document)
        return refuse(40166, "$collStats must take a nested object but found another type");
    const auto* collection = instance.catalog.find(*name);
    const bool asks_data = wanted->contains("storageStats") || wanted->contains("count");
    if (collection == nullptr && asks_data)
        return refuse(server_code::namespace_not_found,
                      "Unable to retrieve storageStats in $collStats stage :: caused by :: "
                      "Collection [" +
                          name->text() + "] not found.");
    if (collection != nullptr && asks_data) MIM_CHECK(existing_not_view(instance, *name));
    bson::Builder result;
    result.add("ns", name->text()).add("host", instance.address());
    result.add_date("localTime", instance.catalog.now().time_since_epoch().count());
    if (wanted->contains("storageStats"))
        result.add("storageStats", storage_statistics(instance, *name, *collection));
    if (wanted->contains("count"))
        result.add("count", static_cast<std::int32_t>(collection->documents().size()));
    return documents({result.take()});
}

constexpr std::array<std::string_view, 7> current_operation_options{
    "allUsers", "idleConnections", "idleCursors", "idleSessions", "localOps", "truncateOps", "backtrace"};

// Refused with the codes of MongoDB 5.0.
Answer<Operations> wanted_operations(const bson::ValueView& stage) {
    const auto options = stage.document();
    if (stage.type() != bson::Type::document)
        return refuse(server_code::type_mismatch,
                      "$currentOp options must be specified in an object, but found: " +
                          std::string(bson::type_name(stage.type())));
    for (const auto option : *options) {
        const std::string name(option.key());
        if (!contains(current_operation_options, option.key()))
            return refuse(server_code::failed_to_parse,
                          "Unrecognized option '" + name + "' in $currentOp stage.");
        if (option.boolean()) continue;
        const int code = name == "allUsers" ? server_code::type_mismatch : server_code::failed_to_parse;
        return refuse(code, "The '" + name +
                                "' parameter of the $currentOp stage must be a boolean value, but found: " +
                                std::string(bson::type_name(option.type())));
    }
    const auto idle = options->find("idleConnections");
    return idle && idle->truthy() ? Operations::idle_too : Operations::active;
}

Source current_operations(Instance& instance, const Request& request,
                          const std::optional<catalog::Name>& name, const bson::ValueView& stage) {
    if (name || request.database != "admin")
        return refuse(server_code::invalid_namespace,
                      "$currentOp must be run against the 'admin' database with {aggregate: 1}");
    MIM_TRY(wanted, wanted_operations(stage));
    return documents(running_operations(instance, request, wanted));
}

}  // namespace

Source run_source_stage(Instance& instance, const Request& request,
                        const std::optional<catalog::Name>& collection, const bson::ValueView& stage) {
    const auto name = stage.key();
    if (name == "$listCatalog") return list_catalog(instance, request, collection, stage);
    if (name != "$indexStats" && name != "$collStats" && name != "$currentOp")
        return std::optional<Documents>();
    MIM_CHECK(meet_fail_point(instance, request, collection, name));
    if (name == "$indexStats") return index_statistics(instance, collection);
    if (name == "$collStats") return statistics_stage(instance, collection, stage);
    return current_operations(instance, request, collection, stage);
}

}  // namespace mim::sandbox::commands
