#include "app/ports/api_key_store.hpp"

#include "store/sqlite/api_key_rows.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/api_keys.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

constexpr std::size_t database_id_length = 24;

Error no_such_key() {
    return {ErrorCode::not_found, "API key not found"};
}

// The ids, one after the other.
std::optional<std::string> databases_column(const app::ApiKey& key) {
    if (!key.databases) return std::nullopt;
    std::string ids;
    for (const auto& id : *key.databases) ids += id.text();
    return ids;
}

Result<std::vector<DatabaseId>> read_databases(std::string_view ids) {
    std::vector<DatabaseId> databases;
    for (; !ids.empty(); ids.remove_prefix(std::min(database_id_length, ids.size()))) {
        auto id = DatabaseId::parse(ids.substr(0, database_id_length));
        if (!id) return damaged_row("an API key");
        databases.push_back(std::move(*id));
    }
    return databases;
}

Result<app::ApiKey> read_key(const sqlite::Statement& row) {
    MIM_TRY(id, read_id<ApiKeyId>(row, 0));
    MIM_TRY(owner, read_id<UserId>(row, 1));
    app::ApiKey key{.id = std::move(id), .owner = std::move(owner), .created_at = read_time(row, 2)};
    key.name = row.text(3);
    key.prefix = row.text(4);
    key.secret_hash = row.text(5);
    const auto scope = app::parse_key_scope(row.text(6));
    if (!scope) return damaged_row("an API key");
    key.scope = *scope;
    if (!row.is_null(7)) {
        MIM_TRY(databases, read_databases(row.text(7)));
        key.databases = std::move(databases);
    }
    key.expires_at = read_optional_time(row, 8);
    key.last_used_at = read_optional_time(row, 9);
    return key;
}

Result<app::ApiKey> read_one_key(Result<sqlite::Statement> statement) {
    if (!statement) return std::move(statement).error();
    MIM_TRY(row, statement->step());
    if (!row) return no_such_key();
    return read_key(*statement);
}

class SqliteApiKeyStore final : public app::ApiKeyStore {
  public:
    explicit SqliteApiKeyStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done create(const app::ApiKey& key) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(insert_api_key(*writer, key));
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
                                          reader->statement(sql::count_api_keys), read_key);
        }
        return read_page<app::ApiKey>(
            page, reader->statement(sql::list_api_keys_of_owner, page.limit, skip, to_column(*owner)),
            reader->statement(sql::count_api_keys_of_owner, to_column(*owner)), read_key);
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

Done insert_api_key(sqlite::Connection& to, const app::ApiKey& key) {
    MIM_CHECK(to.run(sql::insert_api_key, to_column(key.id), to_column(key.owner), to_column(key.created_at),
                     key.name, key.prefix, key.secret_hash, app::to_string(key.scope), databases_column(key),
                     to_column(key.expires_at), to_column(key.last_used_at)));
    return {};
}

std::unique_ptr<app::ApiKeyStore> create_sqlite_api_key_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteApiKeyStore>(std::move(file));
}

}  // namespace mim::store
