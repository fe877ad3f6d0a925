#include "app/ports/trash_store.hpp"

#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/definition_rows.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/looks.hpp"
#include "store/sqlite/sql/trash.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/trash_rows.hpp"
#include "store/sqlite/user_rows.hpp"

namespace mim::store {
namespace {

Error say_what_is_in_the_way(Error error) {
    if (!sqlite::concerns_column(error, "databases.name")) return error;
    error.message = "A database of this name exists";
    error.fields = {{"name", "is taken"}};
    return error;
}

class SqliteTrashStore final : public app::TrashStore {
  public:
    explicit SqliteTrashStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Result<app::Page<app::TrashEntry>> list(app::TrashedAccounts accounts,
                                            const app::PageRequest& page) override {
        const bool all = accounts == app::TrashedAccounts::shown;
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        return read_page<app::TrashEntry>(
            page,
            reader->statement(all ? sql::list_trash : sql::list_trash_without_accounts, page.limit,
                              rows_before(page)),
            reader->statement(all ? sql::count_trash : sql::count_trash_without_accounts),
            read_row<app::TrashEntry>);
    }

    Result<app::TrashEntry> get(const app::TrashId& id) override {
        MIM_TRY(reader, file_->read());
        return trash_entry_of(*reader, id);
    }

    Done restore(const app::TrashId& id) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(entry, trash_entry_of(*writer, id));
        MIM_CHECK(bring_back(*writer, entry));
        MIM_CHECK(writer->run(sql::purge_trash, to_column(id)));
        return writer.commit();
    }

    Result<std::optional<app::TrashEntry>> purge(const app::TrashId& id) override {
        MIM_TRY(writer, file_->write());
        auto entry = trash_entry_of(*writer, id);
        if (!entry && entry.error().code == ErrorCode::not_found) return std::optional<app::TrashEntry>();
        if (!entry) return std::move(entry).error();
        MIM_CHECK(writer->run(sql::purge_trash, to_column(id)));
        MIM_CHECK(writer.commit());
        return std::optional(std::move(*entry));
    }

    Result<std::int64_t> purge_before(Timestamp time) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(purged, writer->run(sql::purge_trash_before, to_column(time)));
        MIM_CHECK(writer.commit());
        return purged;
    }

  private:
    static Done bring_back(sqlite::Connection& connection, const app::TrashEntry& entry) {
        const auto& id = to_column(entry.id);
        if (entry.kind == app::TrashKind::account) return bring_account_back(connection, entry.id);
        if (entry.kind == app::TrashKind::database) {
            if (!entry.database) return damaged_row("a database in the trash");
            auto database = connection.run(sql::restore_database, id);
            if (!database) return say_what_is_in_the_way(std::move(database).error());
            MIM_CHECK(refuse_lookalike(connection, *entry.database, entry.name));
            MIM_CHECK(note_looks(connection, *entry.database));
        }
        auto definitions = connection.run(sql::restore_definitions, id);
        if (!definitions) return in_words_of_definitions(std::move(definitions).error());
        MIM_CHECK(connection.run(sql::restore_notes, id));
        return {};
    }

    static Done bring_account_back(sqlite::Connection& connection, const app::TrashId& entry) {
        MIM_TRY(account, trashed_account(connection, entry));
        if (!account) return damaged_row("an account in the trash");
        auto restored = connection.run(sql::restore_user, to_column(entry));
        if (!restored) return say_which_name_is_taken(std::move(restored).error());
        MIM_CHECK(connection.run(sql::end_sessions_of_restored, to_column(entry)));
        MIM_CHECK(connection.run(sql::delete_families_of_restored, to_column(entry)));
        MIM_CHECK(connection.run(sql::delete_api_keys_of_restored, to_column(entry)));
        MIM_CHECK(refuse_lookalike(connection, account->id, "username", account->username));
        MIM_CHECK(refuse_lookalike(connection, account->id, "email", account->email));
        return note_looks(connection, account->id);
    }

    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::TrashStore> create_sqlite_trash_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteTrashStore>(std::move(file));
}

}  // namespace mim::store
