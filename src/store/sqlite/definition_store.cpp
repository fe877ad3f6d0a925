#include "app/ports/definition_store.hpp"

#include <set>

#include "base/fold.hpp"
#include "store/sqlite/definition_rows.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/sql/definitions.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

using Definitions = std::vector<app::Definition>;

Result<app::Definition> definition_of(sqlite::Connection& connection, const DefinitionId& id) {
    MIM_TRY(statement, connection.statement(sql::definition_by_id, to_column(id)));
    MIM_TRY(row, statement.step());
    if (!row) return Error(ErrorCode::not_found, "Index definition not found");
    return read_row<app::Definition>(statement);
}

Done expect(sqlite::Connection& connection, const app::Definition& definition) {
    const auto stored = definition_of(connection, definition.id);
    if (!stored && stored.error().code != ErrorCode::not_found) return stored.error();
    if (stored && app::stands_as(*stored, definition)) return {};
    return app::not_as_expected();
}

class SqliteDefinitionStore final : public app::DefinitionStore {
  public:
    explicit SqliteDefinitionStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done create(const app::Definition& definition) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(insert_definition(*writer, definition));
        return writer.commit();
    }

    Result<app::Definition> get(const DefinitionId& id) override {
        MIM_TRY(reader, file_->read());
        return definition_of(*reader, id);
    }

    Done update(const app::Definition& definition) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(update_definition(*writer, definition));
        return writer.commit();
    }

    Result<app::Page<app::Definition>> list(const DatabaseId& database, const std::string& collection,
                                            const app::PageRequest& page) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        const auto& id = to_column(database);
        const auto skip = rows_before(page);
        if (page.query.empty()) {
            return read_page<app::Definition>(
                page, reader->statement(sql::list_definitions, id, collection, page.limit, skip),
                reader->statement(sql::count_definitions, id, collection), read_row<app::Definition>);
        }
        const auto wanted = fold(page.query);
        return read_page<app::Definition>(
            page, reader->statement(sql::search_definitions, id, collection, page.limit, skip, wanted),
            reader->statement(sql::count_found_definitions, id, collection, wanted),
            read_row<app::Definition>);
    }

    Result<Definitions> all_of(const DatabaseId& database,
                               const std::optional<std::vector<std::string>>& collections) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        if (!collections) {
            MIM_TRY(rows, reader->statement(sql::definitions_of_database, to_column(database)));
            return read_all<app::Definition>(std::move(rows), read_row<app::Definition>);
        }
        Definitions found;
        for (const auto& collection : std::set<std::string>(collections->begin(), collections->end())) {
            MIM_TRY(rows, reader->statement(sql::definitions_of_collection, to_column(database), collection));
            MIM_TRY(some, read_all<app::Definition>(std::move(rows), read_row<app::Definition>));
            std::move(some.begin(), some.end(), std::back_inserter(found));
        }
        return found;
    }

    Done change(const app::DefinitionChanges& changes) override {
        MIM_TRY(writer, file_->write());
        for (const auto& definition : changes.expected) MIM_CHECK(expect(*writer, definition));
        for (const auto& id : changes.removals) MIM_CHECK(writer->run(sql::delete_definition, to_column(id)));
        if (changes.updates.size() > 1) {
            for (const auto& definition : changes.updates)
                MIM_CHECK(writer->run(sql::vacate_definition, to_column(definition.id)));
        }
        for (const auto& definition : changes.updates) MIM_CHECK(update_definition(*writer, definition));
        for (const auto& definition : changes.creations) MIM_CHECK(insert_definition(*writer, definition));
        return writer.commit();
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::DefinitionStore> create_sqlite_definition_store(
    std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteDefinitionStore>(std::move(file));
}

}  // namespace mim::store
