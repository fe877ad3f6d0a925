// Values to columns and back. What cannot be read back is store_failed: the file was damaged or edited by
// hand.
#pragma once

#include <optional>
#include <vector>

#include "app/model/page.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "bson/document.hpp"
#include "drivers/sqlite/connection.hpp"

namespace mim::store {

[[nodiscard]] Error damaged_row(std::string_view what);

[[nodiscard]] inline std::int64_t to_column(Timestamp time) {
    return time.time_since_epoch().count();
}
[[nodiscard]] inline std::optional<std::int64_t> to_column(const std::optional<Timestamp>& time) {
    if (!time) return std::nullopt;
    return to_column(*time);
}
[[nodiscard]] inline sqlite::Blob to_column(const bson::Document& document) {
    return document.bytes();
}
template <class Tag>
[[nodiscard]] const std::string& to_column(const Id<Tag>& id) {
    return id.text();
}

[[nodiscard]] Timestamp read_time(const sqlite::Statement& row, int column);
[[nodiscard]] std::optional<Timestamp> read_optional_time(const sqlite::Statement& row, int column);
[[nodiscard]] Result<bson::Document> read_document(const sqlite::Statement& row, int column);
template <class IdType>
[[nodiscard]] Result<IdType> read_id(const sqlite::Statement& row, int column) {
    auto id = IdType::parse(row.text(column));
    if (!id) return damaged_row("an id");
    return std::move(*id);
}

template <class Tag>
[[nodiscard]] std::optional<std::string> to_column(const std::optional<Id<Tag>>& id) {
    if (!id) return std::nullopt;
    return id->text();
}
template <class IdType>
[[nodiscard]] Result<std::optional<IdType>> read_optional_id(const sqlite::Statement& row, int column) {
    if (row.is_null(column)) return std::optional<IdType>();
    MIM_TRY(id, read_id<IdType>(row, column));
    return std::optional(std::move(id));
}

// The single integer that `statement` answers.
[[nodiscard]] Result<std::int64_t> read_number(sqlite::Statement statement);
// Whether `statement` answers any row.
[[nodiscard]] Result<bool> has_row(sqlite::Statement statement);

[[nodiscard]] inline std::int64_t rows_before(const app::PageRequest& page) {
    return (static_cast<std::int64_t>(page.page) - 1) * page.limit;
}

// Every row of `statement`, each made by `read_row(const sqlite::Statement&) -> Result<Item>`.
template <class Item, class ReadRow>
[[nodiscard]] Result<std::vector<Item>> read_all(sqlite::Statement statement, ReadRow read_row) {
    std::vector<Item> items;
    for (;;) {
        MIM_TRY(row, statement.step());
        if (!row) return items;
        MIM_TRY(item, read_row(statement));
        items.push_back(std::move(item));
    }
}

// One page: the rows of `rows` and the number that `count` answers. Both must run in one snapshot.
template <class Item, class ReadRow>
[[nodiscard]] Result<app::Page<Item>> read_page(const app::PageRequest& request,
                                                Result<sqlite::Statement> rows,
                                                Result<sqlite::Statement> count, ReadRow read_row) {
    if (!rows) return std::move(rows).error();
    if (!count) return std::move(count).error();
    app::Page<Item> page;
    MIM_TRY(items, read_all<Item>(std::move(*rows), read_row));
    MIM_TRY(total, read_number(std::move(*count)));
    page.items = std::move(items);
    page.total = total;
    page.page = request.page;
    page.limit = request.limit;
    return page;
}

// The page of a search that at most one can match: `found`, or nothing when that is not_found.
template <class Item>
[[nodiscard]] Result<app::Page<Item>> page_of_one(const app::PageRequest& request, Result<Item> found) {
    if (!found && found.error().code != ErrorCode::not_found) return std::move(found).error();
    app::Page<Item> page;
    page.page = request.page;
    page.limit = request.limit;
    if (!found) return page;
    page.total = 1;
    if (request.page == 1) page.items.push_back(std::move(*found));
    return page;
}

}  // namespace mim::store
