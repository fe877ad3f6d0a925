#include "app/ports/database_store.hpp"

#include "base/fold.hpp"
#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/discarding.hpp"
#include "store/sqlite/looks.hpp"
#include "store/sqlite/neighbours.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/databases.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/sync_rows.hpp"

namespace mim::store {
namespace {

Error no_such_database() {
    return {ErrorCode::not_found, "Database not found"};
}

Error say_what_is_taken(Error error) {
    if (!sqlite::concerns_column(error, "databases.name")) return error;
    error.message = "A database of this name exists";
    error.fields = {{"name", "is taken"}};
    return error;
}

Done check_no_active_sync(sqlite::Connection& connection, const DatabaseId& id) {
    MIM_TRY(active, active_sync_of(connection, id));
    if (active) return app::sync_is_active(active);
    return {};
}

// A name that looks like another one's may stay, but not be given.
Result<bool> is_named(sqlite::Connection& connection, const app::Database& database) {
    MIM_TRY(statement, connection.statement(sql::database_is_named, to_column(database.id), database.name));
    return has_row(std::move(statement));
}

Done take_name(sqlite::Connection& connection, const app::Database& database) {
    MIM_CHECK(refuse_lookalike(connection, database.id, database.name));
    return note_looks(connection, database.id);
}

class SqliteDatabaseStore final : public app::DatabaseStore {
  public:
    explicit SqliteDatabaseStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done create(const app::Database& database) override {
        MIM_TRY(writer, file_->write());
        auto done = run_with(*writer, sql::insert_database, database);
        if (!done) return say_what_is_taken(std::move(done).error());
        MIM_CHECK(take_name(*writer, database));
        return writer.commit();
    }

    Result<app::Database> get(const DatabaseId& id) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::database_by_id, to_column(id)));
        MIM_TRY(row, statement.step());
        if (!row) return no_such_database();
        return read_row<app::Database>(statement);
    }

    Result<app::Page<app::Database>> list(const app::PageRequest& page) override {
        if (const auto id = DatabaseId::parse(page.query)) return page_of_one(page, get(*id));
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        const auto skip = rows_before(page);
        if (page.query.empty()) {
            return read_page<app::Database>(page, reader->statement(sql::list_databases, page.limit, skip),
                                            reader->statement(sql::count_databases), read_row<app::Database>);
        }
        const auto wanted = fold(page.query);
        return read_page<app::Database>(
            page, reader->statement(sql::search_databases, page.limit, skip, wanted),
            reader->statement(sql::count_found_databases, wanted), read_row<app::Database>);
    }

    Done update(const app::Database& database, Timestamp as_of, app::Destination destination) override {
        MIM_TRY(writer, file_->write());
        if (destination == app::Destination::another) MIM_CHECK(check_no_active_sync(*writer, database.id));
        MIM_TRY(keeps_its_name, is_named(*writer, database));
        auto changed = run_with(*writer, sql::update_database, database, to_column(as_of));
        if (!changed) return say_what_is_taken(std::move(changed).error());
        if (*changed > 0) {
            if (!keeps_its_name) MIM_CHECK(take_name(*writer, database));
            if (destination == app::Destination::another)
                MIM_CHECK(writer->run(sql::forget_seen_server, to_column(database.id)));
            return writer.commit();
        }
        MIM_TRY(statement, writer->statement(sql::database_exists, to_column(database.id)));
        MIM_TRY(exists, has_row(std::move(statement)));
        return exists ? app::database_changed_meanwhile() : no_such_database();
    }

    Result<std::vector<app::Neighbour>> neighbours(const std::vector<app::Place>& places) override {
        MIM_TRY(reader, file_->read());
        return neighbours_of(*reader, places);
    }

    Done set_place(const DatabaseId& id, const app::Place& place,
                   const std::optional<app::Place>& seen) override {
        MIM_TRY(writer, file_->write());
        const auto before = seen ? std::optional(to_text(*seen)) : std::nullopt;
        MIM_CHECK(writer->run(sql::set_place, to_column(id), to_text(place), before));
        return writer.commit();
    }

    Done set_seen_server(const DatabaseId& id, const app::SeenServer& seen,
                         const std::optional<app::SeenServer>& before) override {
        MIM_TRY(writer, file_->write());
        const auto known = before ? std::optional(to_text(*before)) : std::nullopt;
        MIM_CHECK(writer->run(sql::set_seen_server, to_column(id), to_text(seen), known));
        return writer.commit();
    }

    Done set_protection(const DatabaseId& id, app::Protection protection, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql::set_protected, to_column(id),
                                     Column<app::Protection>::put(protection), to_column(now)));
        if (changed == 0) return no_such_database();
        return writer.commit();
    }

    Done remove(const DatabaseId& id) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(check_no_active_sync(*writer, id));
        MIM_CHECK(writer->run(sql::delete_database, to_column(id)));  // the rest goes with it
        return writer.commit();
    }

    Result<app::Removal> discard(const DatabaseId& id, const app::Discard& discard) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(check_no_active_sync(*writer, id));
        MIM_CHECK(put_database_into_trash(*writer, id, discard));
        MIM_TRY(removed, writer->run(sql::delete_database, to_column(id)));
        MIM_CHECK(writer.commit());
        return removed > 0 ? app::Removal::done : app::Removal::nothing_there;
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::DatabaseStore> create_sqlite_database_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteDatabaseStore>(std::move(file));
}

}  // namespace mim::store
