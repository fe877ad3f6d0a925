#include "sandbox/catalog/description.hpp"

#include "bson/builder.hpp"
#include "sandbox/catalog/bucket_form.hpp"
#include "sandbox/catalog/listed_index.hpp"
#include "sandbox/catalog/uuid.hpp"

namespace mim::sandbox::catalog {
namespace {

using index::CollectionKind;

const char* type_of(const Collection& collection) {
    switch (collection.traits().kind) {
        case CollectionKind::view:
            return "view";
        case CollectionKind::time_series:
            return "timeseries";
        default:
            return "collection";
    }
}

bson::Document info_of(const Collection& collection) {
    bson::Builder info;
    info.add("readOnly", collection.traits().kind == CollectionKind::view);
    if (collection.traits().kind == CollectionKind::ordinary) info.add("uuid", uuid_value(collection.uuid()));
    return info.take();
}

bson::Document description(const Collection& collection, Detail detail, index::ServerVersion version) {
    bson::Builder result;
    result.add("name", collection.name()).add("type", type_of(collection));
    if (detail == Detail::name_only) return result.take();
    result.add("options", collection.traits().options).add("info", info_of(collection));
    const auto& indexes = collection.indexes();
    const bool has_id_index = collection.traits().kind == CollectionKind::ordinary &&
                              !collection.traits().clustered() && !indexes.empty();
    if (has_id_index) result.add("idIndex", listed_form(indexes.front().spec, version));
    return result.take();
}

bson::Document plain_description(const std::string& name, const bson::Document& options,
                                 const std::string& uuid, Detail detail) {
    bson::Builder result;
    result.add("name", name).add("type", "collection");
    if (detail == Detail::name_only) return result.take();
    result.add("options", options);
    result.add("info", bson::Builder().add("readOnly", false).add("uuid", uuid_value(uuid)).take());
    return result.take();
}

bson::Document index_entries(const Collection& collection) {
    bson::Array entries;
    const bool in_buckets = collection.traits().kind == CollectionKind::time_series;
    for (const auto& entry : collection.indexes()) {
        // A clustered collection is its own index: only listIndexes tells of it.
        if (entry.spec.options.contains("clustered")) continue;
        bson::Builder described;
        const auto spec = in_buckets ? bucket_form(entry.spec, collection.traits()) : entry.spec;
        described.add("spec", raw_form(spec)).add("ready", entry.state == IndexEntry::State::ready);
        described.add("multikey", false).add("head", std::int64_t{0}).add("backgroundSecondary", false);
        if (!entry.build_uuid.empty()) described.add("buildUUID", uuid_value(entry.build_uuid));
        entries.add(described.take());
    }
    return entries.take();
}

bson::Document storage_entry(const std::string& database, const std::string& name,
                             const Collection& collection, Deployment deployment) {
    bson::Builder options, md;
    options.add("uuid", uuid_value(collection.uuid())).add_all(collection.traits().options);
    md.add("ns", database + "." + name).add("options", options.take());
    md.add_array("indexes", index_entries(collection));
    bson::Builder idents;
    for (const auto& entry : collection.indexes()) idents.add(entry.spec.name, "index-" + entry.spec.name);
    bson::Builder result;
    result.add("db", database).add("name", name).add("type", "collection");
    if (deployment == Deployment::sharded) result.add("shard", "shard01");
    result.add("md", md.take());
    result.add("idxIdent", idents.take())
        .add("ns", database + "." + name)
        .add("ident", "collection-" + collection.uuid());
    return result.take();
}

// Source: mongo src/mongo/s/catalog/type_collection.idl.
std::optional<bson::Document> cluster_entry(const Catalog& catalog, const Collection& collection) {
    const auto& traits = collection.traits();
    const bool tracked = catalog.version() >= index::ServerVersion{8, 0};
    if (traits.kind == CollectionKind::view || (!traits.shard_key && !tracked)) return std::nullopt;
    const bool in_buckets = traits.kind == CollectionKind::time_series;
    const auto database = collection.full_name().substr(0, collection.full_name().find('.'));
    bson::Builder entry;
    entry.add("_id", database + "." + (in_buckets ? std::string(buckets_prefix) : "") + collection.name());
    entry.add("uuid", uuid_value(collection.uuid())).add("unique", false);
    if (!traits.shard_key)
        return entry.add("key", bson::Builder().add("_id", 1).take()).add("unsplittable", true).take();
    if (in_buckets) entry.add("timeseriesFields", *traits.options.find("timeseries"));
    return entry.add("key", in_buckets ? bucket_shard_key(*traits.shard_key, traits) : *traits.shard_key)
        .take();
}

bson::Document virtual_entry(const std::string& database, const Collection& collection) {
    bson::Builder result;
    result.add("db", database).add("name", collection.name()).add("type", type_of(collection));
    result.add("ns", collection.full_name());
    if (collection.traits().kind == CollectionKind::view) result.add_all(collection.traits().options);
    return result.take();
}

}  // namespace

std::vector<bson::Document> describe_collections(const Catalog& catalog, const std::string& database,
                                                 Detail detail) {
    std::vector<bson::Document> result;
    bool has_views = false;
    for (const auto& [name, collection] : catalog.collections(database)) {
        result.push_back(description(collection, detail, catalog.version()));
        const auto kind = collection.traits().kind;
        has_views = has_views || kind != CollectionKind::ordinary;
        if (kind == CollectionKind::time_series)
            result.push_back(plain_description(std::string(buckets_prefix) + name,
                                               collection.traits().options, collection.uuid(), detail));
    }
    static const std::string views_uuid = new_uuid();
    if (has_views) result.push_back(plain_description("system.views", bson::Document(), views_uuid, detail));
    return result;
}

std::vector<bson::Document> catalog_entries(const Catalog& catalog, const std::string& database) {
    std::vector<bson::Document> result;
    for (const auto& [name, collection] : catalog.collections(database)) {
        const auto kind = collection.traits().kind;
        if (kind != CollectionKind::ordinary) result.push_back(virtual_entry(database, collection));
        const auto stored_as =
            kind == CollectionKind::time_series ? std::string(buckets_prefix) + name : name;
        if (kind != CollectionKind::view)
            result.push_back(storage_entry(database, stored_as, collection, catalog.deployment()));
    }
    return result;
}

std::vector<bson::Document> cluster_collections(const Catalog& catalog) {
    std::vector<bson::Document> result;
    for (const auto& [database, collections] : catalog.databases()) {
        for (const auto& [name, collection] : collections) {
            const auto entry = cluster_entry(catalog, collection);
            if (entry) result.push_back(*entry);
        }
    }
    return result;
}

}  // namespace mim::sandbox::catalog
