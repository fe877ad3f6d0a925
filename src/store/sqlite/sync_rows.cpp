#include "store/sqlite/sync_rows.hpp"

#include "app/model/sync_documents.hpp"
#include "bson/builder.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/user_rows.hpp"
#include "store/sync_names.hpp"

namespace mim::store {
namespace {

bson::Document to_array(const std::vector<std::string>& texts) {
    bson::Array array;
    for (const auto& text : texts) array.add(std::string_view(text));
    return array.take();
}

Result<std::vector<std::string>> read_texts(const sqlite::Statement& row, int column) {
    MIM_TRY(array, read_document(row, column));
    std::vector<std::string> texts;
    for (const auto value : array) {
        const auto text = value.string();
        if (!text) return damaged_row("a list of collections");
        texts.emplace_back(*text);
    }
    return texts;
}

template <class Choice>
Result<Choice> read_choice(const sqlite::Statement& row, int column) {
    const auto choice = from_column<Choice>(row.text(column));
    if (!choice) return damaged_row("a choice of a sync");
    return *choice;
}

Result<app::SyncOptions> read_options(const sqlite::Statement& row) {
    MIM_TRY(missing, read_choice<index::MissingChoice>(row, 7));
    MIM_TRY(extra, read_choice<index::ExtraChoice>(row, 8));
    MIM_TRY(changed, read_choice<index::ChangedChoice>(row, 9));
    MIM_TRY(drop_mode, read_choice<index::DropMode>(row, 10));
    MIM_TRY(names, read_choice<index::NamePolicy>(row, 11));
    MIM_TRY(on_failure, read_choice<app::OnFailure>(row, 22));
    return app::SyncOptions{.missing = missing,
                            .extra = extra,
                            .changed = changed,
                            .drop_mode = drop_mode,
                            .names = names,
                            .fingerprint = row.optional_text(12),
                            .on_failure = on_failure};
}

Result<std::optional<UserId>> read_requester(const sqlite::Statement& row, int column) {
    if (row.is_null(column)) return std::optional<UserId>();
    MIM_TRY(user, read_id<UserId>(row, column));
    return std::optional<UserId>(std::move(user));
}

Result<std::optional<app::Restoration>> read_restoration(const sqlite::Statement& row, int column) {
    if (row.is_null(column)) return std::optional<app::Restoration>();
    MIM_TRY(stored, read_document(row, column));
    auto restoration = app::restoration_of(stored);
    if (!restoration) return damaged_row("a restoration");
    return restoration;
}

Result<std::optional<DefinitionId>> read_definition_id(const sqlite::Statement& row, int column) {
    if (row.is_null(column)) return std::optional<DefinitionId>();
    MIM_TRY(id, read_id<DefinitionId>(row, column));
    return std::optional<DefinitionId>(std::move(id));
}

Result<app::SyncRecord> read_record(const sqlite::Statement& row) {
    MIM_TRY(action, read_choice<index::Action>(row, 3));
    const auto status = app::parse_record_status(row.text(4));
    if (!status) return damaged_row("a record's status");
    MIM_TRY(risk, read_choice<index::Risk>(row, 12));
    MIM_TRY(definition, read_document(row, 14));
    MIM_TRY(definition_id, read_definition_id(row, 15));
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
    MIM_TRY(id, read_id<SyncId>(row, 0));
    MIM_TRY(database, read_id<DatabaseId>(row, 1));
    MIM_TRY(collections, read_texts(row, 6));
    MIM_TRY(options, read_options(row));
    const auto status = app::parse_sync_status(row.text(13));
    if (!status) return damaged_row("a sync's status");
    MIM_TRY(requested_by, read_requester(row, 18));
    MIM_TRY(restoration, read_restoration(row, 20));
    MIM_TRY(requested_as, read_role(row, 21));
    return app::Sync{.id = std::move(id),
                     .database = std::move(database),
                     .created_at = read_time(row, 2),
                     .updated_at = read_time(row, 3),
                     .started_at = read_optional_time(row, 4),
                     .completed_at = read_optional_time(row, 5),
                     .collections = std::move(collections),
                     .options = std::move(options),
                     .status = *status,
                     .progress = static_cast<int>(row.integer(14)),
                     .error = std::string(row.text(15)),
                     .total_tasks = static_cast<int>(row.integer(16)),
                     .completed_tasks = static_cast<int>(row.integer(17)),
                     .requested_by = std::move(requested_by),
                     .requested_as = requested_as,
                     .fence = row.integer(19),
                     .restoration = std::move(restoration),
                     .records = {}};
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
    std::optional<std::string> requested_by;
    if (sync.requested_by) requested_by = to_column(*sync.requested_by);
    std::optional<bson::Document> restoration;
    if (sync.restoration) restoration = app::to_document(*sync.restoration);
    MIM_CHECK(connection.run(
        sql::insert_sync, to_column(sync.id), to_column(sync.database), to_column(sync.created_at),
        to_column(sync.updated_at), to_column(to_array(sync.collections)), to_column(sync.options.missing),
        to_column(sync.options.extra), to_column(sync.options.changed), to_column(sync.options.drop_mode),
        to_column(sync.options.names), sync.options.fingerprint, requested_by, to_column(restoration),
        app::to_string(sync.requested_as), to_column(sync.options.on_failure)));
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
