#include "store/sqlite/inspection.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/schema.hpp"

namespace mim::store {
namespace {

constexpr sqlite::Sql our_tables =
    "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('schema_migrations', 'users', "
    "'databases', 'definitions', 'syncs')";
constexpr std::int64_t count_of_our_tables = 5;
constexpr sqlite::Sql version_of_schema = "SELECT COALESCE(MAX(version), 0) FROM schema_migrations";
constexpr sqlite::Sql all_uris = "SELECT uri FROM databases";
constexpr sqlite::Sql count_active = "SELECT COUNT(*) FROM syncs WHERE status IN ('pending', 'running')";
constexpr sqlite::Sql end_active =
    "UPDATE syncs SET status = 'cancelled', completed_at = ?1, updated_at = ?1, error = ?2 WHERE status IN "
    "('pending', 'running')";
constexpr sqlite::Sql end_sessions = "UPDATE token_families SET revoked = 1 WHERE revoked = 0";
constexpr const char* why_ended =
    "Ended by the restore of a backup: it was under way when the backup was made";

Result<std::int64_t> number(sqlite::Connection& file, sqlite::Sql question) {
    MIM_TRY(statement, file.statement(question));
    return read_number(std::move(statement));
}

Done count_into(std::int64_t& place, sqlite::Connection& file, sqlite::Sql question) {
    MIM_TRY(count, number(file, question));
    place = count;
    return {};
}

sqlite::OpenOptions options_of(const std::filesystem::path& file) {
    sqlite::OpenOptions options;
    options.file = file;
    return options;
}

Result<SealCount> seals_in(sqlite::Connection& file) {
    SealCount count;
    MIM_TRY(rows, file.statement(all_uris));
    for (;;) {
        MIM_TRY(row, rows.step());
        if (!row) return count;
        const auto key = drivers::crypto::SecretBox::key_id_of(rows.text(0));
        ++(key ? count.by_key[*key] : count.in_the_clear);
    }
}

}  // namespace

Result<sqlite::Connection> open_to_inspect(const std::filesystem::path& file) {
    return sqlite::Connection::open(options_of(file), sqlite::Access::inspect);
}

std::int64_t known_sqlite_version() {
    return migrations().back().version;
}

Result<FileContents> contents_of(sqlite::Connection& file) {
    MIM_TRY(tables, number(file, our_tables));
    if (tables != count_of_our_tables)
        return Error(ErrorCode::store_failed, "it is not the data file of a mim");
    FileContents contents;
    MIM_TRY(version, number(file, version_of_schema));
    contents.version = version;
    if (version > known_sqlite_version()) {
        return Error(ErrorCode::store_failed, "its schema is version " + std::to_string(version) +
                                                  ", but this binary knows only up to version " +
                                                  std::to_string(known_sqlite_version()));
    }
    MIM_CHECK(count_into(contents.users, file, "SELECT COUNT(*) FROM users"));
    MIM_CHECK(count_into(contents.databases, file, "SELECT COUNT(*) FROM databases"));
    MIM_CHECK(count_into(contents.definitions, file, "SELECT COUNT(*) FROM definitions"));
    MIM_CHECK(count_into(contents.syncs, file, "SELECT COUNT(*) FROM syncs"));
    MIM_CHECK(count_into(contents.active_syncs, file, count_active));
    MIM_TRY(seals, seals_in(file));
    contents.seals = std::move(seals);
    return contents;
}

Done check_writable(const std::filesystem::path& file) {
    MIM_TRY(connection, sqlite::Connection::open(options_of(file), sqlite::Access::read_write));
    MIM_TRY(transaction, sqlite::Transaction::begin(connection, sqlite::Transaction::Kind::immediate));
    return {};  // rolled back
}

Result<Ended> end_what_was_under_way(sqlite::Connections& file, Timestamp now) {
    MIM_TRY(writer, file.write());
    Ended ended;
    MIM_TRY(syncs, writer->run(end_active, to_column(now), why_ended));
    ended.syncs = syncs;
    MIM_CHECK(writer->run("DELETE FROM jobs"));
    MIM_TRY(sessions, writer->run(end_sessions));
    ended.sessions = sessions;
    MIM_CHECK(writer.commit());
    return ended;
}

}  // namespace mim::store
