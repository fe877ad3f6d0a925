#include "app/ports/api_key_store.hpp"

#include "store/sqlite/described.hpp"
#include "store/sqlite/sql/api_keys.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

Error no_such_key() {
    return {ErrorCode::not_found, "API key not found"};
}

Result<app::ApiKey> read_one_key(Result<sqlite::Statement> statement) {
    if (!statement) return std::move(statement).error();
    MIM_TRY(row, statement->step());
    if (!row) return no_such_key();
    return read_row<app::ApiKey>(*statement);
}

class SqliteApiKeyStore final : public app::ApiKeyStore {
  public:
    explicit SqliteApiKeyStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done create(const app::ApiKey& key) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(run_with(*writer, sql::insert_api_key, key));
        return writer.commit();
    }

    Result<app::ApiKey> get(const ApiKeyId& id) override {
        MIM_TRY(reader, file_->read());
        return read_one_key(reader->statement(sql::api_key_by_id, to_column(id)));
    }

    Result<app::ApiKey> find_by_prefix(std::string_view prefix) override {
        MIM_TRY(reader, file_->read());
        return read_one_key(reader->statement(sql::api_key_by_prefix, prefix));
    }

    Result<app::Page<app::ApiKey>> list(const std::optional<UserId>& owner,
                                        const app::PageRequest& page) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        const auto skip = rows_before(page);
        if (!owner) {
            return read_page<app::ApiKey>(page, reader->statement(sql::list_api_keys, page.limit, skip),
                                          reader->statement(sql::count_api_keys), read_row<app::ApiKey>);
        }
        return read_page<app::ApiKey>(
            page, reader->statement(sql::list_api_keys_of_owner, page.limit, skip, to_column(*owner)),
            reader->statement(sql::count_api_keys_of_owner, to_column(*owner)), read_row<app::ApiKey>);
    }

    Result<app::Removal> remove(const ApiKeyId& id) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(removed, writer->run(sql::delete_api_key, to_column(id)));
        MIM_CHECK(writer.commit());
        return removed > 0 ? app::Removal::done : app::Removal::nothing_there;
    }

    Done note_use(const ApiKeyId& id, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::note_use_of_api_key, to_column(id), to_column(now)));
        return writer.commit();
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::ApiKeyStore> create_sqlite_api_key_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteApiKeyStore>(std::move(file));
}

}  // namespace mim::store
