#include "store/stored_uris.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/databases.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

class SqliteStoredUris final : public StoredUris {
  public:
    explicit SqliteStoredUris(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Result<std::vector<StoredUri>> read(const std::string& after, std::size_t limit) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(rows, reader->statement(sql::stored_uris, after, static_cast<std::int64_t>(limit)));
        return read_all<StoredUri>(std::move(rows), [](const sqlite::Statement& row) -> Result<StoredUri> {
            MIM_TRY(id, read_id<DatabaseId>(row, 0));
            return StoredUri{std::move(id), Secret(std::string(row.text(1)))};
        });
    }

    Result<Exchanged> exchange(const StoredUri& from, const Secret& to) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed,
                writer->run(sql::exchange_uri, to_column(from.database), from.text.reveal(), to.reveal()));
        MIM_CHECK(writer.commit());
        return changed != 0 ? Exchanged::yes : Exchanged::no;
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
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<StoredUris> create_sqlite_stored_uris(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteStoredUris>(std::move(file));
}

}  // namespace mim::store
