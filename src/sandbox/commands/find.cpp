// find and count.
#include <algorithm>
#include <array>

#include "bson/builder.hpp"
#include "sandbox/commands/command.hpp"
#include "sandbox/commands/reading.hpp"
#include "sandbox/query/project.hpp"

namespace mim::sandbox::commands {
namespace {

using Documents = std::vector<bson::Document>;

Answer<query::Filter> filter_of(const Arguments& arguments, std::string_view field) {
    MIM_TRY(document, arguments.document(field));
    if (!document) return query::Filter();
    return query::Filter::parse(*document);
}

void cut(Documents& documents, std::int64_t skip, std::int64_t limit) {
    const auto skipped =
        std::min(static_cast<std::uint64_t>(skip), static_cast<std::uint64_t>(documents.size()));
    documents.erase(documents.begin(), documents.begin() + static_cast<std::ptrdiff_t>(skipped));
    if (limit > 0 && static_cast<std::uint64_t>(limit) < documents.size())
        documents.resize(static_cast<std::size_t>(limit));
}

Answer<Documents> found(Instance& instance, const Request& request, const catalog::Name& name) {
    const Arguments arguments(request);
    MIM_TRY(filter, filter_of(arguments, "filter"));
    MIM_TRY(order, arguments.document("sort"));
    MIM_TRY(projection, arguments.document("projection"));
    MIM_TRY(skip, arguments.integer("skip"));
    MIM_TRY(limit, arguments.integer("limit"));
    MIM_TRY(documents, read_documents(instance, name, filter));
    if (order) {
        MIM_TRY(sorted, query::sort(std::move(documents), *order));
        documents = std::move(sorted);
    }
    cut(documents, skip.value_or(0), limit.value_or(0));
    if (!projection) return documents;
    return query::project(std::move(documents), *projection, query::ProjectionKind::find);
}

Reply find(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"filter",
                              "sort",
                              "projection",
                              "hint",
                              "skip",
                              "limit",
                              "batchSize",
                              "singleBatch",
                              "max",
                              "min",
                              "returnKey",
                              "showRecordId",
                              "tailable",
                              "oplogReplay",
                              "noCursorTimeout",
                              "awaitData",
                              "allowPartialResults",
                              "collation",
                              "allowDiskUse",
                              "let"}));
    MIM_TRY(name, arguments.collection());
    MIM_TRY(batch, arguments.integer("batchSize"));
    MIM_TRY(single, arguments.flag("singleBatch"));
    MIM_TRY(documents, found(instance, request, name));
    const auto size = batch.value_or(default_batch);
    if (single && static_cast<std::uint64_t>(size) < documents.size())
        documents.resize(static_cast<std::size_t>(size));
    return instance.cursors.open(name.text(), std::move(documents), size);
}

Reply count(Instance& instance, const Request& request) {
    const Arguments arguments(request);
    MIM_CHECK(arguments.only({"query", "limit", "skip", "hint", "collation", "fields"}));
    MIM_TRY(name, arguments.collection());
    MIM_TRY(filter, filter_of(arguments, "query"));
    MIM_TRY(skip, arguments.integer("skip"));
    MIM_TRY(limit, arguments.integer("limit"));
    const auto* collection = instance.catalog.find(name);
    std::int64_t number = 0;
    if (collection != nullptr && filter.matches_all() &&
        collection->traits().kind != index::CollectionKind::view) {
        number = static_cast<std::int64_t>(collection->documents().size());
    } else {
        MIM_TRY(documents, read_documents(instance, name, filter));
        number = static_cast<std::int64_t>(documents.size());
    }
    number = std::max<std::int64_t>(0, number - skip.value_or(0));
    if (limit.value_or(0) > 0) number = std::min(number, *limit);
    return bson::Builder().add("n", static_cast<std::int32_t>(number)).take();
}

constexpr std::array find_commands{Command{"find", &find}, Command{"count", &count}};

}  // namespace

Family find_family() {
    return find_commands;
}

}  // namespace mim::sandbox::commands
