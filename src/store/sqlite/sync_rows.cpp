#include "store/sqlite/sync_rows.hpp"

#include "app/model/sync_documents.hpp"
#include "bson/builder.hpp"
#include "store/descriptions/sync.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sync_names.hpp"

namespace mim::store {
namespace {

std::vector<std::uint8_t> bytes_in(const bson::Document& document) {
    const auto bytes = document.bytes();
    return {bytes.begin(), bytes.end()};
}

}  // namespace

template <>
struct Column<std::vector<std::string>> {
    [[nodiscard]] static std::vector<std::uint8_t> put(const std::vector<std::string>& texts) {
        bson::Array array;
        for (const auto& text : texts) array.add(std::string_view(text));
        return bytes_in(array.take());
    }
    [[nodiscard]] static Result<std::vector<std::string>> read(const sqlite::Statement& row, int column) {
        MIM_TRY(array, read_document(row, column));
        std::vector<std::string> texts;
        for (const auto value : array) {
            const auto text = value.string();
            if (!text) return damaged_row("a list of collections");
            texts.emplace_back(*text);
        }
        return texts;
    }
};
template <>
struct Column<app::Restoration> {
    [[nodiscard]] static std::vector<std::uint8_t> put(const app::Restoration& restoration) {
        return bytes_in(app::to_document(restoration));
    }
    [[nodiscard]] static Result<app::Restoration> read(const sqlite::Statement& row, int column) {
        MIM_TRY(stored, read_document(row, column));
        auto restoration = app::restoration_of(stored);
        if (!restoration) return damaged_row("a restoration");
        return std::move(*restoration);
    }
};

namespace {

template <class Choice>
Result<Choice> read_choice(const sqlite::Statement& row, int column) {
    const auto choice = from_column<Choice>(row.text(column));
    if (!choice) return damaged_row("a choice of a sync");
    return *choice;
}

Result<app::SyncRecord> read_record(const sqlite::Statement& row) {
    MIM_TRY(action, read_choice<index::Action>(row, 3));
    const auto status = app::parse_record_status(row.text(4));
    if (!status) return damaged_row("a record's status");
    MIM_TRY(risk, read_choice<index::Risk>(row, 12));
    MIM_TRY(definition, read_document(row, 14));
    MIM_TRY(definition_id, read_optional_id<DefinitionId>(row, 15));
    std::optional<ServerReply> error;
    if (!row.is_null(8)) {
        error = ServerReply{.code = static_cast<int>(row.integer(8)),
                            .name = std::string(row.text(9)),
                            .message = std::string(row.text(10))};
    }
    return app::SyncRecord{.position = static_cast<int>(row.integer(0)),
                           .collection = std::string(row.text(1)),
                           .index = std::string(row.text(2)),
                           .action = action,
                           .status = *status,
                           .started_at = read_optional_time(row, 5),
                           .completed_at = read_optional_time(row, 6),
                           .progress = static_cast<int>(row.integer(7)),
                           .error = std::move(error),
                           .reason = std::string(row.text(11)),
                           .risk = risk,
                           .statement = std::string(row.text(13)),
                           .definition = std::move(definition),
                           .definition_id = std::move(definition_id)};
}

Result<std::int64_t> write_record(sqlite::Connection& connection, sqlite::Sql sql, const SyncId& sync,
                                  const app::SyncRecord& record) {
    std::optional<int> code;
    std::optional<std::string> name, message;
    if (record.error) {
        code = record.error->code;
        name = record.error->name;
        message = record.error->message;
    }
    std::optional<std::string> definition_id;
    if (record.definition_id) definition_id = to_column(*record.definition_id);
    return connection.run(sql, to_column(sync), record.position, record.collection, record.index,
                          to_column(record.action), app::to_string(record.status),
                          to_column(record.started_at), to_column(record.completed_at), record.progress, code,
                          name, message, record.reason, to_column(record.risk), record.statement,
                          to_column(record.definition), definition_id);
}

}  // namespace

Result<app::Sync> read_sync(const sqlite::Statement& row) {
    MIM_TRY(sync, read_row<app::Sync>(row));
    constexpr int next = columns_of<app::Sync>();
    const auto status = app::parse_sync_status(row.text(next + 2));
    if (!status) return damaged_row("a sync's status");
    sync.started_at = read_optional_time(row, next);
    sync.completed_at = read_optional_time(row, next + 1);
    sync.status = *status;
    sync.progress = static_cast<int>(row.integer(next + 3));
    sync.error = row.text(next + 4);
    sync.total_tasks = static_cast<int>(row.integer(next + 5));
    sync.completed_tasks = static_cast<int>(row.integer(next + 6));
    sync.fence = row.integer(next + 7);
    return sync;
}

Result<std::vector<app::SyncRecord>> records_of(sqlite::Connection& connection, const SyncId& id) {
    MIM_TRY(rows, connection.statement(sql::records_of_sync, to_column(id)));
    return read_all<app::SyncRecord>(std::move(rows), read_record);
}

Result<app::Sync> sync_without_records(sqlite::Connection& connection, const SyncId& id) {
    MIM_TRY(statement, connection.statement(sql::sync_by_id, to_column(id)));
    MIM_TRY(row, statement.step());
    if (!row) return Error(ErrorCode::not_found, "Sync not found");
    return read_sync(statement);
}

Result<app::Sync> sync_with_records(sqlite::Connection& connection, const SyncId& id) {
    MIM_TRY(sync, sync_without_records(connection, id));
    MIM_TRY(records, records_of(connection, id));
    sync.records = std::move(records);
    return sync;
}

Result<std::optional<SyncId>> active_sync_of(sqlite::Connection& connection, const DatabaseId& database) {
    MIM_TRY(statement, connection.statement(sql::active_sync, to_column(database)));
    MIM_TRY(row, statement.step());
    if (!row) return std::optional<SyncId>();
    return read_optional_id<SyncId>(statement, 0);
}

Done insert_sync(sqlite::Connection& connection, const app::Sync& sync) {
    MIM_CHECK(run_with(connection, sql::insert_sync, sync));
    return {};
}

Done insert_record(sqlite::Connection& connection, const SyncId& sync, const app::SyncRecord& record) {
    MIM_CHECK(write_record(connection, sql::insert_record, sync, record));
    return {};
}

Done update_record(sqlite::Connection& connection, const SyncId& sync, const app::SyncRecord& record) {
    MIM_CHECK(write_record(connection, sql::update_record, sync, record));
    return {};
}

}  // namespace mim::store
