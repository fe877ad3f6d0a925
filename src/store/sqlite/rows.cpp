#include "store/sqlite/rows.hpp"

namespace mim::store {

Error damaged_row(std::string_view what) {
    return {ErrorCode::store_failed,
            "the data file is damaged: " + std::string(what) + " in it cannot be read"};
}

Timestamp read_time(const sqlite::Statement& row, int column) {
    return Timestamp{std::chrono::milliseconds{row.integer(column)}};
}

std::optional<Timestamp> read_optional_time(const sqlite::Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return read_time(row, column);
}

Result<bson::Document> read_document(const sqlite::Statement& row, int column) {
    auto document = bson::Document::from_bytes(row.blob(column));
    if (!document) return damaged_row("a document");
    return std::move(*document);
}

Result<std::int64_t> read_number(sqlite::Statement statement) {
    MIM_TRY(row, statement.step());
    if (!row) return damaged_row("a number");
    return statement.integer(0);
}

Result<bool> has_row(sqlite::Statement statement) {
    return statement.step();
}

}  // namespace mim::store
