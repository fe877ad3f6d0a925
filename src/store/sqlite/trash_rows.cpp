#include "store/sqlite/trash_rows.hpp"

#include "base/fold.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/sql/trash.hpp"

namespace mim::store {
namespace {

template <Described Thing>
Result<std::optional<Thing>> thing_in(sqlite::Connection& connection, sqlite::Sql of_entry,
                                      const app::TrashId& entry) {
    MIM_TRY(row, connection.statement(of_entry, to_column(entry)));
    MIM_TRY(there, row.step());
    if (!there) return std::optional<Thing>();
    MIM_TRY(thing, read_row<Thing>(row));
    return std::optional<Thing>(std::move(thing));
}

template <Described Thing>
Result<std::vector<Thing>> things_in(sqlite::Connection& connection, sqlite::Sql of_entry,
                                     const app::TrashId& entry) {
    MIM_TRY(rows, connection.statement(of_entry, to_column(entry)));
    return read_all<Thing>(std::move(rows), read_row<Thing>);
}

}  // namespace

Result<app::TrashEntry> trash_entry_of(sqlite::Connection& connection, const app::TrashId& id) {
    MIM_TRY(entry, thing_in<app::TrashEntry>(connection, sql::trash_entry, id));
    if (!entry) return Error(ErrorCode::not_found, "Not in the trash");
    return std::move(*entry);
}

Result<std::optional<app::User>> trashed_account(sqlite::Connection& connection, const app::TrashId& entry) {
    return thing_in<app::User>(connection, sql::trashed_user, entry);
}

Result<ArchivedTrash> whole_trash(sqlite::Connection& connection, const app::TrashId& id) {
    MIM_TRY(entry, trash_entry_of(connection, id));
    MIM_TRY(database, thing_in<app::Database>(connection, sql::trashed_database, id));
    MIM_TRY(account, trashed_account(connection, id));
    MIM_TRY(definitions, things_in<app::Definition>(connection, sql::trashed_definitions, id));
    MIM_TRY(notes, things_in<app::MadeCollection>(connection, sql::trashed_notes, id));
    return ArchivedTrash{.entry = std::move(entry),
                         .database = std::move(database),
                         .account = std::move(account),
                         .definitions = std::move(definitions),
                         .made_collections = std::move(notes)};
}

Done put_whole_trash(sqlite::Connection& connection, const ArchivedTrash& trash) {
    const auto& id = to_column(trash.entry.id);
    MIM_CHECK(connection.run(sql::purge_trash, id));
    MIM_CHECK(run_with(connection, sql::insert_trash_entry, trash.entry));
    if (trash.database) MIM_CHECK(run_with(connection, sql::insert_trashed_database, *trash.database, id));
    if (const auto& account = trash.account) {
        MIM_CHECK(run_with(connection, sql::insert_trashed_user, *account, fold(account->username),
                           fold(account->email), id));
    }
    for (const auto& each : trash.definitions)
        MIM_CHECK(run_with(connection, sql::insert_trashed_definition, each, id));
    for (const auto& each : trash.made_collections)
        MIM_CHECK(run_with(connection, sql::insert_trashed_note, each, id));
    return {};
}

}  // namespace mim::store
