#include "sandbox/commands/statistics.hpp"

#include <array>

#include "bson/builder.hpp"

namespace mim::sandbox::commands {
namespace {

constexpr std::int64_t smallest_index_bytes = 4096;  // one page
constexpr std::int64_t bytes_per_key = 16;

std::int64_t index_bytes(const catalog::Collection& collection) {
    return smallest_index_bytes + bytes_per_key * static_cast<std::int64_t>(collection.documents().size());
}

void add_number(bson::Builder& into, const char* field, std::int64_t number) {
    if (number <= INT32_MAX) {
        into.add(field, static_cast<std::int32_t>(number));
    } else {
        into.add(field, number);
    }
}

}  // namespace

bson::Document storage_statistics(const Instance& instance, const catalog::Name& name,
                                  const catalog::Collection& collection) {
    bson::Builder sizes, result;
    bson::Array unfinished;
    const std::int64_t each = index_bytes(collection);
    for (const auto& entry : collection.indexes())
        sizes.add(entry.spec.name, static_cast<std::int32_t>(each));
    for (const auto* running : instance.builds.running_on(name)) {
        for (const auto& index : running->build.indexes) unfinished.add(index);
    }
    const auto count = static_cast<std::int64_t>(collection.documents().size());
    const auto indexes = static_cast<std::int64_t>(collection.indexes().size());
    add_number(result, "size", collection.data_size());
    add_number(result, "count", count);
    if (count > 0) add_number(result, "avgObjSize", collection.data_size() / count);
    add_number(result, "storageSize", collection.data_size());
    result.add("capped", collection.traits().capped());
    add_number(result, "nindexes", indexes);
    result.add_array("indexBuilds", unfinished.take());
    add_number(result, "totalIndexSize", each * indexes);
    add_number(result, "totalSize", each * indexes + collection.data_size());
    result.add("indexSizes", sizes.take()).add("scaleFactor", 1);
    return result.take();
}

namespace {

Reply collection_statistics(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"scale"}));
    MIM_TRY(name, arguments.collection());
    bson::Builder reply;
    reply.add("ns", name.text());
    if (instance.catalog.find(name) == nullptr) {
        reply.add("size", 0).add("count", 0).add("storageSize", 0).add("totalSize", 0).add("nindexes", 0);
        reply.add_array("indexBuilds", bson::Document()).add("totalIndexSize", 0);
        return reply.add("indexDetails", bson::Document())
            .add("indexSizes", bson::Document())
            .add("scaleFactor", 1)
            .take();
    }
    MIM_TRY(collection, existing_not_view(instance, name));
    return reply.add_all(storage_statistics(instance, name, *collection)).take();
}

Reply database_statistics(Instance& instance, const Request& request) {
    MIM_CHECK(Arguments(request).only({"scale", "freeStorage"}));
    std::int64_t collections = 0, views = 0, objects = 0, data = 0, indexes = 0, index_size = 0;
    for (const auto& [name, collection] : instance.catalog.collections(request.database)) {
        const bool is_view = collection.traits().kind == index::CollectionKind::view;
        ++(is_view ? views : collections);
        objects += static_cast<std::int64_t>(collection.documents().size());
        data += collection.data_size();
        indexes += static_cast<std::int64_t>(collection.indexes().size());
        index_size += static_cast<std::int64_t>(collection.indexes().size()) * index_bytes(collection);
    }
    bson::Builder reply;
    reply.add("db", request.database)
        .add("collections", collections)
        .add("views", views)
        .add("objects", objects);
    reply.add("avgObjSize", objects > 0 ? static_cast<double>(data) / static_cast<double>(objects) : 0.0);
    reply.add("dataSize", static_cast<double>(data)).add("storageSize", static_cast<double>(data));
    reply.add("indexes", indexes).add("indexSize", static_cast<double>(index_size));
    reply.add("totalSize", static_cast<double>(data + index_size)).add("scaleFactor", std::int64_t{1});
    return reply.take();
}

constexpr std::array statistics_commands{
    Command{"collStats", &collection_statistics}, Command{"collstats", &collection_statistics},
    Command{"dbStats", &database_statistics}, Command{"dbstats", &database_statistics}};

}  // namespace

Family statistics_family() {
    return statistics_commands;
}

}  // namespace mim::sandbox::commands
