#include "store/stored_uris.hpp"

#include <algorithm>
#include <iterator>

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/databases.hpp"
#include "store/sqlite/sql/trash.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

class SqliteStoredUris final : public StoredUris {
  public:
    explicit SqliteStoredUris(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    // A database is either there or in the trash.
    Result<std::vector<StoredUri>> read(const std::string& after, std::size_t limit) override {
        MIM_TRY(reader, file_->read());
        const auto most = static_cast<std::int64_t>(limit);
        MIM_TRY(uris, uris_of(reader->statement(sql::stored_uris, after, most)));
        MIM_TRY(trashed, uris_of(reader->statement(sql::trashed_uris, after, most)));
        std::ranges::move(trashed, std::back_inserter(uris));
        std::ranges::sort(uris, {}, &StoredUri::database);
        if (uris.size() > limit) uris.erase(uris.begin() + static_cast<std::ptrdiff_t>(limit), uris.end());
        return uris;
    }

    Result<Exchanged> exchange(const StoredUri& from, const Secret& to) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed,
                writer->run(sql::exchange_uri, to_column(from.database), from.text.reveal(), to.reveal()));
        MIM_TRY(in_trash, writer->run(sql::exchange_trashed_uri, to_column(from.database), from.text.reveal(),
                                      to.reveal()));
        MIM_CHECK(writer.commit());
        return changed + in_trash != 0 ? Exchanged::yes : Exchanged::no;
    }

    // In the file itself SQLite overwrites what it frees (secure_delete); the log is brought into the file
    // and emptied.
    Result<Wiped> wipe_replaced() override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(answer, reader->statement("PRAGMA wal_checkpoint(TRUNCATE)"));
        MIM_TRY(busy, read_number(std::move(answer)));
        return busy == 0 ? Wiped::now : Wiped::later;
    }

  private:
    static Result<std::vector<StoredUri>> uris_of(Result<sqlite::Statement> rows) {
        if (!rows) return std::move(rows).error();
        return read_all<StoredUri>(std::move(*rows), [](const sqlite::Statement& row) -> Result<StoredUri> {
            MIM_TRY(id, read_id<DatabaseId>(row, 0));
            return StoredUri{std::move(id), Secret(std::string(row.text(1)))};
        });
    }

    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<StoredUris> create_sqlite_stored_uris(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteStoredUris>(std::move(file));
}

}  // namespace mim::store
