#include "app/collection_rows.hpp"

#include <map>

#include "app/text_rules.hpp"

namespace mim::app {
namespace {

std::string type_of(index::CollectionKind kind) {
    switch (kind) {
        case index::CollectionKind::ordinary:
            return "collection";
        case index::CollectionKind::view:
            return "view";
        case index::CollectionKind::time_series:
            return "timeseries";
        case index::CollectionKind::missing:
            return "";
    }
    return "";
}

}  // namespace

Page<CollectionRow> live_page(const std::vector<CollectionSummary>& managed,
                              const std::vector<index::LiveCollection>& live, const PageRequest& page) {
    std::map<std::string, CollectionRow> rows;
    for (const CollectionSummary& summary : managed) {
        CollectionRow& row = rows[summary.collection];
        row.total_indexes = summary.total_indexes;
        row.live_indexes = 0;
    }
    for (const index::LiveCollection& collection : live) {
        CollectionRow& row = rows[collection.name];
        row.type = type_of(collection.traits.kind);
        row.live_indexes = static_cast<std::int64_t>(collection.index_count());
        if (collection.unreadable) row.live_indexes.reset();
    }
    Page<CollectionRow> result{.items = {}, .total = 0, .page = page.page, .limit = page.limit};
    const std::int64_t first = static_cast<std::int64_t>(page.page - 1) * page.limit;
    for (auto& [name, row] : rows) {
        if (!contains_any_case(name, page.query)) continue;
        const std::int64_t position = result.total++;
        if (position < first || position >= first + page.limit) continue;
        row.collection = name;
        result.items.push_back(std::move(row));
    }
    return result;
}

}  // namespace mim::app
