#include "store/sqlite/migrations.hpp"

#include "store/sqlite/rows.hpp"

namespace mim::store {
namespace {

constexpr const char* create_table =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
    " applied_at INTEGER NOT NULL) STRICT";
constexpr sqlite::Sql table_exists =
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'";
constexpr sqlite::Sql newest_version = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";
constexpr sqlite::Sql note_version =
    "INSERT INTO schema_migrations (version, name, applied_at) VALUES (?1, ?2, ?3)";

Result<std::int64_t> version_of(sqlite::Connection& connection) {
    {
        MIM_TRY(table, connection.statement(table_exists));
        MIM_TRY(exists, table.step());
        if (!exists) return 0;
    }
    MIM_TRY(version, connection.statement(newest_version));
    MIM_TRY(row, version.step());
    return row ? version.integer(0) : 0;
}

Done refuse_newer(std::int64_t version, std::int64_t known) {
    if (version <= known) return {};
    return Error(ErrorCode::store_failed, "its schema is version " + std::to_string(version) +
                                              ", but this binary knows only up to version " +
                                              std::to_string(known) + "; start the newer mim that wrote it");
}

}  // namespace

Done migrate(sqlite::Connections& file, std::span<const Migration> migrations, Timestamp now) {
    const std::int64_t known = migrations.empty() ? 0 : migrations.back().version;
    {
        // Most starts find nothing to do, and then need not wait for a writer.
        MIM_TRY(reader, file.read());
        MIM_TRY(version, version_of(*reader));
        MIM_CHECK(refuse_newer(version, known));
        if (version == known) return {};
    }
    MIM_TRY(writer, file.write());
    MIM_CHECK(writer->run_script(create_table));
    MIM_TRY(version, version_of(*writer));  // again: another process may have been first
    MIM_CHECK(refuse_newer(version, known));
    for (const auto& migration : migrations) {
        if (migration.version <= version) continue;
        MIM_CHECK(writer->run_script(migration.script));
        MIM_CHECK(writer->run(note_version, migration.version, migration.name, to_column(now)));
    }
    return writer.commit();
}

}  // namespace mim::store
