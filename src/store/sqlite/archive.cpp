#include "store/archive.hpp"

#include "base/fold.hpp"
#include "store/sqlite/api_key_rows.hpp"
#include "store/sqlite/audit_rows.hpp"
#include "store/sqlite/definition_rows.hpp"
#include "store/sqlite/invite_rows.hpp"
#include "store/sqlite/looks.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/api_keys.hpp"
#include "store/sqlite/sql/archive.hpp"
#include "store/sqlite/sql/audit.hpp"
#include "store/sqlite/sql/collections.hpp"
#include "store/sqlite/sql/definitions.hpp"
#include "store/sqlite/sql/invites.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/sync_rows.hpp"

namespace mim::store {
namespace {

sqlite::Sql ids_of(Kind kind) {
    switch (kind) {
        case Kind::users:
            return sql::user_ids;
        case Kind::token_families:
            return sql::family_ids;
        case Kind::databases:
            return sql::database_ids;
        case Kind::definitions:
            return sql::definition_ids;
        case Kind::invites:
            return sql::invite_ids;
        case Kind::api_keys:
            return sql::api_key_ids;
        case Kind::audit_entries:
            return sql::audit_entry_ids;
        case Kind::audit_intents:
            return sql::audit_intent_ids;
        case Kind::made_collections:
            return sql::made_collection_ids;
        case Kind::syncs:
            break;
    }
    return sql::sync_ids;
}

template <class IdType>
Result<IdType> id_from(const std::string& digits) {
    auto id = IdType::parse(digits);
    if (!id) return damaged_row("an id");
    return std::move(*id);
}

Done put(sqlite::Connection& to, const app::User& user) {
    MIM_CHECK(to.run(sql::put_user, to_column(user.id), to_column(user.created_at),
                     to_column(user.updated_at), user.username, user.email, user.password_hash.reveal(),
                     user.profile.first_name, user.profile.last_name, user.profile.avatar,
                     app::to_string(user.role), fold(user.username), fold(user.email),
                     user.status == app::AccountStatus::disabled ? 1 : 0, user.session_version,
                     to_column(user.kept_family)));
    return note_looks(to, user.id);
}

Done put(sqlite::Connection& to, const ArchivedFamily& archived) {
    const auto& family = archived.family;
    const int revoked = archived.state == app::FamilyState::revoked ? 1 : 0;
    MIM_CHECK(to.run(sql::put_family, to_column(family.id), to_column(family.user), family.refresh.newest,
                     to_column(family.expires_at), revoked, family.session_version, family.refresh.others));
    return {};
}

std::optional<std::string> place_column(const app::Database& database) {
    if (!database.place) return std::nullopt;
    return to_text(*database.place);
}

Done put(sqlite::Connection& to, const app::Database& database) {
    MIM_CHECK(
        to.run(sql::put_database, to_column(database.id), to_column(database.created_at),
               to_column(database.updated_at), database.name, database.description, database.uri.reveal(),
               database.db_name, database.protection == app::Protection::on ? 1 : 0,
               database.duplicate_samples == app::DuplicateSamples::shown ? 1 : 0, place_column(database)));
    return note_looks(to, database.id);
}

Done put(sqlite::Connection& to, const app::Invite& invite) {
    return put_invite(to, invite);
}

Done put(sqlite::Connection& to, const app::Definition& definition) {
    MIM_CHECK(to.run(sql::delete_definition, to_column(definition.id)));
    return insert_definition(to, definition);
}

std::int64_t points_of(const std::vector<app::SyncRecord>& records) {
    std::int64_t points = 0;
    for (const auto& record : records) points += app::points_of(record.status, record.progress);
    return points;
}

// An active sync always has its job here.
Done put(sqlite::Connection& to, const ArchivedSync& archived) {
    const app::Sync& sync = archived.sync;
    MIM_CHECK(to.run(sql::delete_sync, to_column(sync.id)));
    MIM_CHECK(insert_sync(to, sync));
    MIM_CHECK(to.run(sql::bring_to_state, to_column(sync.id), to_column(sync.started_at),
                     to_column(sync.completed_at), app::to_string(sync.status), sync.progress,
                     points_of(sync.records), sync.error, sync.total_tasks, sync.completed_tasks, sync.fence,
                     archived.cancel == CancelRequested::yes ? 1 : 0));
    for (const auto& record : sync.records) MIM_CHECK(insert_record(to, sync.id, record));
    if (!app::is_finished(sync.status))
        MIM_CHECK(to.run(sql::insert_job, to_column(sync.id), to_column(sync.created_at)));
    return {};
}

Done put(sqlite::Connection& to, const app::ApiKey& key) {
    MIM_CHECK(to.run(sql::delete_api_key, to_column(key.id)));
    return insert_api_key(to, key);
}

// What is there stays as it is: a difference is found when both sides are compared.
Done put(sqlite::Connection& to, const app::AuditEntry& entry) {
    const auto added = insert_audit_entry(to, entry);
    if (!added && added.error().code == ErrorCode::already_exists) return {};
    return added;
}

Done put(sqlite::Connection& to, const ArchivedIntent& intent) {
    return insert_audit_intent(to, intent.entry);
}

Done put(sqlite::Connection& to, const app::MadeCollection& made) {
    MIM_CHECK(to.run(sql::put_made_collection, to_column(made.id), to_column(made.database),
                     to_column(made.created_at), made.name));
    return {};
}

class SqliteArchive final : public Archive {
  public:
    explicit SqliteArchive(std::shared_ptr<sqlite::Connections> file)
        : file_(std::move(file)), stores_(create_sqlite_stores(file_)) {}

    Result<std::vector<Item>> read(Kind kind, const std::string& after, std::size_t limit) override {
        MIM_TRY(ids, list(kind, after, limit));
        std::vector<Item> items;
        items.reserve(ids.size());
        for (const auto& id : ids) {
            MIM_TRY(item, item_of(kind, id));
            items.push_back(std::move(item));
        }
        return items;
    }

    Done write(std::span<const Item> items) override {
        MIM_TRY(writer, file_->write());
        for (const auto& item : items)
            MIM_CHECK(std::visit([&writer](const auto& each) { return put(*writer, each); }, item));
        return writer.commit();
    }

  private:
    Result<std::vector<std::string>> list(Kind kind, const std::string& after, std::size_t limit) {
        MIM_TRY(reader, file_->read());
        MIM_TRY(rows, reader->statement(ids_of(kind), after, static_cast<std::int64_t>(limit)));
        return read_all<std::string>(
            std::move(rows),
            [](const sqlite::Statement& row) -> Result<std::string> { return std::string(row.text(0)); });
    }

    Result<Item> item_of(Kind kind, const std::string& digits) {
        switch (kind) {
            case Kind::users:
                return got(digits, *stores_.users);
            case Kind::token_families:
                return family(digits);
            case Kind::databases:
                return got(digits, *stores_.databases);
            case Kind::definitions:
                return got(digits, *stores_.definitions);
            case Kind::invites:
                return invite(digits);
            case Kind::api_keys:
                return got(digits, *stores_.api_keys);
            case Kind::audit_entries:
                return audited(sql::audit_entry_by_id, digits);
            case Kind::audit_intents: {
                MIM_TRY(intent, audited(sql::audit_intent_by_id, digits));
                return Item(ArchivedIntent{std::move(std::get<app::AuditEntry>(intent))});
            }
            case Kind::made_collections:
                return made_collection(digits);
            case Kind::syncs:
                break;
        }
        return sync(digits);
    }

    Result<Item> got(const std::string& digits, app::UserStore& store) {
        MIM_TRY(id, id_from<UserId>(digits));
        MIM_TRY(user, store.get(id));
        return Item(std::move(user));
    }
    Result<Item> got(const std::string& digits, app::DatabaseStore& store) {
        MIM_TRY(id, id_from<DatabaseId>(digits));
        MIM_TRY(database, store.get(id));
        return Item(std::move(database));
    }
    Result<Item> got(const std::string& digits, app::DefinitionStore& store) {
        MIM_TRY(id, id_from<DefinitionId>(digits));
        MIM_TRY(definition, store.get(id));
        return Item(std::move(definition));
    }

    Result<Item> got(const std::string& digits, app::ApiKeyStore& store) {
        MIM_TRY(id, id_from<ApiKeyId>(digits));
        MIM_TRY(key, store.get(id));
        return Item(std::move(key));
    }

    Result<Item> audited(sqlite::Sql by_id, const std::string& digits) {
        MIM_TRY(reader, file_->read());
        MIM_TRY(row, reader->statement(by_id, digits));
        MIM_TRY(there, row.step());
        if (!there) return damaged_row("an entry of the audit log");
        MIM_TRY(entry, read_audit_entry(row));
        return Item(std::move(entry));
    }

    Result<Item> family(const std::string& digits) {
        MIM_TRY(reader, file_->read());
        MIM_TRY(row, reader->statement(sql::whole_family, digits));
        MIM_TRY(there, row.step());
        if (!there) return damaged_row("a token family");
        MIM_TRY(id, read_id<TokenFamilyId>(row, 0));
        MIM_TRY(user, read_id<UserId>(row, 1));
        app::TokenFamily family{.id = std::move(id), .user = std::move(user)};
        family.refresh = {std::string(row.text(2)), std::string(row.text(6))};
        family.expires_at = read_time(row, 3);
        family.session_version = row.integer(5);
        const auto state = row.integer(4) != 0 ? app::FamilyState::revoked : app::FamilyState::live;
        return Item(ArchivedFamily{std::move(family), state});
    }

    Result<Item> made_collection(const std::string& digits) {
        MIM_TRY(reader, file_->read());
        MIM_TRY(row, reader->statement(sql::made_collection_by_id, digits));
        MIM_TRY(there, row.step());
        if (!there) return damaged_row("a collection that was made");
        MIM_TRY(id, read_id<app::MadeCollectionId>(row, 0));
        MIM_TRY(database, read_id<DatabaseId>(row, 1));
        return Item(app::MadeCollection{.id = std::move(id),
                                        .database = std::move(database),
                                        .created_at = read_time(row, 2),
                                        .name = std::string(row.text(3))});
    }

    Result<Item> invite(const std::string& digits) {
        MIM_TRY(reader, file_->read());
        MIM_TRY(row, reader->statement(sql::invite_by_id, digits));
        MIM_TRY(there, row.step());
        if (!there) return damaged_row("an invite");
        MIM_TRY(invite, read_invite(row));
        return Item(std::move(invite));
    }

    Result<Item> sync(const std::string& digits) {
        MIM_TRY(id, id_from<SyncId>(digits));
        MIM_TRY(sync, stores_.syncs->get(id));
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::cancel_requested, digits));
        MIM_TRY(requested, read_number(std::move(statement)));
        return Item(
            ArchivedSync{std::move(sync), requested != 0 ? CancelRequested::yes : CancelRequested::no});
    }

    std::shared_ptr<sqlite::Connections> file_;
    SqliteStores stores_;
};

}  // namespace

std::unique_ptr<Archive> create_sqlite_archive(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteArchive>(std::move(file));
}

}  // namespace mim::store
