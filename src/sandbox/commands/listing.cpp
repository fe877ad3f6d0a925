// listDatabases, listCollections, listIndexes.
#include <array>

#include "bson/builder.hpp"
#include "sandbox/catalog/bucket_form.hpp"
#include "sandbox/catalog/description.hpp"
#include "sandbox/catalog/listed_index.hpp"
#include "sandbox/catalog/uuid.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/query/filter.hpp"

namespace mim::sandbox::commands {
namespace {

Answer<query::Filter> filter_of(const Arguments& arguments) {
    MIM_TRY(document, arguments.document("filter"));
    if (!document) return query::Filter();
    return query::Filter::parse(*document);
}

std::int64_t size_of(const catalog::Collections& collections) {
    std::int64_t bytes = 0;
    for (const auto& [name, collection] : collections) bytes += collection.data_size();
    return bytes;
}

Reply list_databases(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"nameOnly", "filter", "authorizedDatabases"}));
    if (request.database != "admin")
        return refuse(server_code::unauthorized, "listDatabases may only be run against the admin database.");
    MIM_TRY(name_only, arguments.flag("nameOnly"));
    MIM_TRY(filter, filter_of(arguments));
    bson::Array databases;
    std::int64_t total = 0;
    for (const auto& [name, collections] : instance.catalog.databases()) {
        bson::Builder database;
        database.add("name", name);
        if (!name_only) database.add("sizeOnDisk", size_of(collections)).add("empty", collections.empty());
        const auto described = database.take();
        if (!filter.matches(described)) continue;
        if (!name_only) total += size_of(collections);
        databases.add(described);
    }
    bson::Builder reply;
    reply.add_array("databases", databases.take());
    if (!name_only) reply.add("totalSize", total).add("totalSizeMb", total / (1024 * 1024));
    return reply.take();
}

Reply list_collections(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"cursor", "filter", "nameOnly", "authorizedCollections"}));
    MIM_TRY(name_only, arguments.flag("nameOnly"));
    MIM_TRY(filter, filter_of(arguments));
    MIM_TRY(batch, arguments.cursor_batch(unlimited_batch));
    const auto detail = name_only ? catalog::Detail::name_only : catalog::Detail::full;
    auto collections = catalog::describe_collections(instance.catalog, request.database, detail);
    std::erase_if(collections, [&](const bson::Document& each) { return !filter.matches(each); });
    return instance.cursors.open(request.database + ".$cmd.listCollections", std::move(collections), batch);
}

enum class BuildDetail { none, uuid, info };

Answer<BuildDetail> build_detail(const Arguments& arguments) {
    MIM_TRY(uuids, arguments.flag("includeBuildUUIDs"));
    MIM_TRY(info, arguments.flag("includeIndexBuildInfo"));
    if (uuids && info)
        return refuse(server_code::invalid_options,
                      "Cannot set both 'includeBuildUUIDs' and 'includeIndexBuildInfo'");
    if (uuids) return BuildDetail::uuid;
    return info ? BuildDetail::info : BuildDetail::none;
}

bson::Document with_build(const bson::Document& listed, const catalog::IndexEntry& entry,
                          BuildDetail detail) {
    const bool marked = !entry.build_uuid.empty();
    if (detail == BuildDetail::uuid && marked)
        return bson::Builder()
            .add("spec", listed)
            .add("buildUUID", catalog::uuid_value(entry.build_uuid))
            .take();
    if (detail != BuildDetail::info) return listed;
    bson::Builder result;
    result.add("spec", listed);
    if (marked)
        result.add("indexBuildInfo",
                   bson::Builder().add("buildUUID", catalog::uuid_value(entry.build_uuid)).take());
    return result.take();
}

Reply list_indexes(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"cursor", "includeBuildUUIDs", "includeIndexBuildInfo"}));
    if (request.version < index::version_6_0) MIM_CHECK(arguments.none_of({"includeIndexBuildInfo"}));
    MIM_TRY(name, arguments.collection());
    MIM_TRY(detail, build_detail(arguments));
    MIM_TRY(batch, arguments.cursor_batch(unlimited_batch));
    const auto series = without_buckets(instance, name);
    const bool buckets = series != name;
    MIM_TRY(collection, existing_not_view(instance, series));
    std::vector<bson::Document> first, rest;
    for (const auto& entry : collection->indexes()) {
        const auto spec = buckets ? catalog::bucket_form(entry.spec, collection->traits()) : entry.spec;
        first.push_back(with_build(catalog::listed_form(spec, instance.settings.version), entry, detail));
        rest.push_back(with_build(catalog::raw_form(spec), entry, detail));
    }
    return instance.cursors.open_with_rest(name.text(), std::move(first), std::move(rest), batch);
}

constexpr std::array listing_commands{Command{"listDatabases", &list_databases},
                                      Command{"listCollections", &list_collections},
                                      Command{"listIndexes", &list_indexes}};

}  // namespace

Family listing_family() {
    return listing_commands;
}

}  // namespace mim::sandbox::commands
