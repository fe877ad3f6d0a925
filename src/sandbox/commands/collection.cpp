// create, drop, dropDatabase, renameCollection.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/collection_options.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/commands/first_index.hpp"

namespace mim::sandbox::commands {
namespace {

Refusal already_there(const catalog::Name& name) {
    return refuse(server_code::namespace_exists, "Collection " + name.text() + " already exists.");
}

Reply create(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_TRY(name, arguments.collection());
    MIM_TRY(traits, collection_traits(request, instance.settings.version));
    MIM_TRY(first, id_index(request, {instance.catalog.version(), traits}));
    if (const auto bad = index::check_collection_name(name.collection)) return refuse(*bad);
    if (const auto* present = instance.catalog.find(name)) {
        // From 7.0 creating the same again is no error.
        const bool same =
            present->traits().kind == traits.kind && present->traits().options == traits.options;
        if (same && instance.settings.version >= index::ServerVersion{7, 0}) return bson::Document();
        return already_there(name);
    }
    instance.catalog.create(name, std::move(traits), first);
    return bson::Document();
}

void abort_builds(Instance& instance, const Builds::Predicate& predicate, const std::string& why) {
    instance.builds.end(predicate, refuse(server_code::index_build_aborted, "Index build aborted: " + why));
}

Reply drop(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"collectionUUID"}));
    MIM_TRY(name, arguments.collection());
    const auto* collection = instance.catalog.find(name);
    if (collection == nullptr) {
        if (instance.settings.version >= index::ServerVersion{7, 0}) return bson::Document();
        return refuse(server_code::namespace_not_found, "ns not found");
    }
    abort_builds(
        instance, [&](const Build& build) { return build.collection == name; }, "the collection is dropped");
    const auto indexes = collection->index_count();
    instance.catalog.drop(name);
    return bson::Builder().add("nIndexesWas", indexes).add("ns", name.text()).take();
}

Reply drop_database(Instance& instance, const Request& request) {
    MIM_CHECK(Arguments(request).only({}));
    abort_builds(
        instance, [&](const Build& build) { return build.collection.database == request.database; },
        "the database is dropped");
    bson::Builder reply;
    if (!instance.catalog.collections(request.database).empty()) reply.add("dropped", request.database);
    instance.catalog.drop_database(request.database);
    return reply.take();
}

Answer<catalog::Name> full_name(const Request& request, const char* field) {
    const auto value = request.body.find(field);
    if (!value) return Arguments(request).missing(field);
    const auto text = value->string();
    if (!text) return refuse(server_code::type_mismatch, std::string(field) + " must be a string");
    const auto name = catalog::Name::parse(*text);
    if (!name)
        return refuse(server_code::invalid_namespace,
                      "Invalid namespace specified '" + std::string(*text) + "'");
    if (const auto bad = index::check_database_name(name->database)) return refuse(*bad);
    return *name;
}

Reply rename(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"to", "dropTarget", "stayTemp"}));
    if (request.database != "admin")
        return refuse(server_code::unauthorized,
                      "renameCollection may only be run against the admin database.");
    MIM_TRY(from, full_name(request, "renameCollection"));
    MIM_TRY(to, full_name(request, "to"));
    MIM_TRY(drop_target, arguments.flag("dropTarget"));
    if (instance.catalog.find(from) == nullptr)
        return refuse(server_code::namespace_not_found,
                      "Source collection " + from.text() + " does not exist");
    MIM_TRY(source, existing_not_view(instance, from));
    if (source->traits().kind == index::CollectionKind::time_series)
        return refuse(server_code::illegal_operation, "Renaming a timeseries collection is not allowed");
    if (const auto bad = index::check_collection_name(to.collection)) return refuse(*bad);
    if (from == to) return refuse(server_code::illegal_operation, "Can't rename a collection to itself");
    if (instance.catalog.find(to) != nullptr && !drop_target)
        return refuse(server_code::namespace_exists, "target namespace exists");
    abort_builds(
        instance, [&](const Build& build) { return build.collection == from || build.collection == to; },
        "the collection is renamed");
    instance.catalog.rename(from, to);
    return bson::Document();
}

constexpr std::array collection_commands{Command{"create", &create}, Command{"drop", &drop},
                                         Command{"dropDatabase", &drop_database},
                                         Command{"renameCollection", &rename}};

}  // namespace

Family collection_family() {
    return collection_commands;
}

}  // namespace mim::sandbox::commands
