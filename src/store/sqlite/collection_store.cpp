#include "app/ports/definition_store.hpp"
#include "base/fold.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/discarding.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/collections.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

Result<app::CollectionSummary> read_summary(const sqlite::Statement& row) {
    return app::CollectionSummary{.collection = std::string(row.text(0)), .total_indexes = row.integer(1)};
}

class SqliteCollectionStore final : public app::CollectionStore {
  public:
    explicit SqliteCollectionStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Result<app::Page<app::CollectionSummary>> collections(const DatabaseId& database,
                                                          const app::PageRequest& page) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        const auto& id = to_column(database);
        const auto skip = rows_before(page);
        if (page.query.empty()) {
            return read_page<app::CollectionSummary>(
                page, reader->statement(sql::list_collections, id, page.limit, skip),
                reader->statement(sql::count_collections, id), read_summary);
        }
        const auto wanted = fold(page.query);
        return read_page<app::CollectionSummary>(
            page, reader->statement(sql::search_collections, id, page.limit, skip, wanted),
            reader->statement(sql::count_found_collections, id, wanted), read_summary);
    }

    Done note_made(const app::MadeCollection& made) override {
        MIM_TRY(writer, file_->write());
        const auto noted = run_with(*writer, sql::note_made_collection, made);
        if (!noted && noted.error().code == ErrorCode::not_found)
            return Error(ErrorCode::not_found, "Database not found");
        MIM_CHECK(noted);
        return writer.commit();
    }

    Done rename_collection(const DatabaseId& database, const std::string& from,
                           const std::string& to) override {
        if (from == to) return {};
        MIM_TRY(writer, file_->write());
        {
            MIM_TRY(statement, writer->statement(sql::collection_has_definitions, to_column(database), to));
            MIM_TRY(taken, has_row(std::move(statement)));
            if (taken) return name_taken();
        }
        MIM_CHECK(writer->run(sql::rename_collection, to_column(database), from, to));
        MIM_CHECK(writer->run(sql::rename_made_collection, to_column(database), from, to));
        return writer.commit();
    }

    Done remove_collection(const DatabaseId& database, const std::string& collection,
                           const app::Discard& discard) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(put_collection_into_trash(*writer, database, collection, discard));
        MIM_CHECK(writer->run(sql::delete_collection, to_column(database), collection));
        MIM_CHECK(writer->run(sql::delete_made_collection, to_column(database), collection));
        return writer.commit();
    }

  private:
    static Error name_taken() {
        Error error(ErrorCode::already_exists, "The collection of the new name has index definitions");
        error.fields = {{"new_collection", "has index definitions"}};
        return error;
    }

    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::CollectionStore> create_sqlite_collection_store(
    std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteCollectionStore>(std::move(file));
}

}  // namespace mim::store
