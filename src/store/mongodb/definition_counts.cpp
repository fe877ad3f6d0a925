#include "store/mongodb/definition_counts.hpp"

#include "base/fold.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

Result<app::CollectionSummary> read_count(bson::DocumentView document) {
    Reader reader(document);
    app::CollectionSummary count{.collection = reader.text("collection"),
                                 .total_indexes = reader.integer("total")};
    MIM_CHECK(reader.whole("a collection's count"));
    return count;
}

}  // namespace

Done CountChanges::write(Commands& commands, const DatabaseId& database) const {
    std::vector<Upsert> changes;
    std::vector<std::string> smaller;
    for (const auto& [collection, by] : by_) {
        if (by == 0) continue;
        if (by < 0) smaller.push_back(collection);
        changes.push_back(
            {fields("database", database, "collection", collection),
             fields("$inc", fields("total", by), "$set", fields("collection_folded", fold(collection)))});
    }
    MIM_CHECK(commands.upsert(names::definition_counts, changes));
    if (smaller.empty()) return {};
    const auto emptied = fields("database", database, "collection", fields("$in", array_of(smaller)), "total",
                                std::int64_t{0});
    MIM_CHECK(commands.remove(names::definition_counts, emptied, Several::all));
    return {};
}

Result<std::vector<app::CollectionSummary>> counts_of(Commands& commands, const DatabaseId& database,
                                                      const std::string& query) {
    auto wanted = fields("database", database);
    if (!query.empty()) wanted = fields("database", database, "collection_folded", has_inside(query));
    return read_all<app::CollectionSummary>(commands, names::definition_counts, {.filter = wanted},
                                            read_count);
}

Result<bool> has_definitions(Commands& commands, const DatabaseId& database, const std::string& collection) {
    const auto count = fields("database", database, "collection", collection);
    MIM_TRY(found, commands.find_one(names::definition_counts, count, fields("_id", 1)));
    return found.has_value();
}

Done rename_count(Commands& commands, const DatabaseId& database, const std::string& from,
                  const std::string& to) {
    MIM_CHECK(commands.update(names::definition_counts, fields("database", database, "collection", from),
                              setting("collection", to, "collection_folded", fold(to))));
    return {};
}

Done count_anew(Commands& commands, const DatabaseId& database) {
    const auto group = fields("_id", "$collection", "total", fields("$sum", std::int64_t{1}));
    const auto pipeline =
        documents(fields("$match", fields("database", database)), fields("$group", group)).items;
    MIM_TRY(groups, commands.aggregate(names::definitions, pipeline));
    std::vector<bson::Document> counts;
    for (const auto& each : groups) {
        Reader reader(each);
        const auto collection = reader.text("_id");
        const auto total = reader.integer("total");
        MIM_CHECK(reader.whole("a collection's definitions"));
        counts.push_back(fields("_id", Id<struct CountTag>::generate(), "database", database, "collection",
                                collection, "collection_folded", fold(collection), "total", total));
    }
    MIM_CHECK(commands.remove(names::definition_counts, fields("database", database), Several::all));
    return commands.insert(names::definition_counts, counts);
}

}  // namespace mim::store::mongodb
