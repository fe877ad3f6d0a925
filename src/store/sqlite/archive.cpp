#include "store/archive.hpp"

#include "base/fold.hpp"
#include "store/sqlite/audit_rows.hpp"
#include "store/sqlite/definition_rows.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/looks.hpp"
#include "store/sqlite/sql/api_keys.hpp"
#include "store/sqlite/sql/archive.hpp"
#include "store/sqlite/sql/audit.hpp"
#include "store/sqlite/sql/collections.hpp"
#include "store/sqlite/sql/databases.hpp"
#include "store/sqlite/sql/definitions.hpp"
#include "store/sqlite/sql/invites.hpp"
#include "store/sqlite/sql/syncs.hpp"
#include "store/sqlite/sql/users.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/sync_rows.hpp"
#include "store/sqlite/trash_rows.hpp"

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
        case Kind::trash:
            return sql::trash_ids;
        case Kind::syncs:
            break;
    }
    return sql::sync_ids;
}

Done put(sqlite::Connection& to, const app::User& user) {
    MIM_CHECK(run_with(to, sql::put_user, user, fold(user.username), fold(user.email)));
    return note_looks(to, user.id);
}

Done put(sqlite::Connection& to, const ArchivedFamily& family) {
    MIM_CHECK(run_with(to, sql::put_family, family));
    return {};
}

Done put(sqlite::Connection& to, const app::Database& database) {
    MIM_CHECK(run_with(to, sql::put_database, database));
    return note_looks(to, database.id);
}

Done put(sqlite::Connection& to, const app::Invite& invite) {
    MIM_CHECK(run_with(to, sql::put_invite, invite));
    return {};
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
    MIM_CHECK(run_with(to, sql::insert_api_key, key));
    return {};
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
    MIM_CHECK(run_with(to, sql::put_made_collection, made));
    return {};
}

Done put(sqlite::Connection& to, const ArchivedTrash& trash) {
    return put_whole_trash(to, trash);
}

class SqliteArchive final : public Archive {
  public:
    explicit SqliteArchive(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

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
                return described<app::User>(sql::user_by_id, digits);
            case Kind::token_families:
                return described<ArchivedFamily>(sql::whole_family, digits);
            case Kind::databases:
                return described<app::Database>(sql::database_by_id, digits);
            case Kind::definitions:
                return described<app::Definition>(sql::definition_by_id, digits);
            case Kind::invites:
                return described<app::Invite>(sql::invite_by_id, digits);
            case Kind::api_keys:
                return described<app::ApiKey>(sql::api_key_by_id, digits);
            case Kind::audit_entries:
                return audited(sql::audit_entry_by_id, digits);
            case Kind::audit_intents: {
                MIM_TRY(intent, audited(sql::audit_intent_by_id, digits));
                return Item(ArchivedIntent{std::move(std::get<app::AuditEntry>(intent))});
            }
            case Kind::made_collections:
                return described<app::MadeCollection>(sql::made_collection_by_id, digits);
            case Kind::trash:
                return trash(digits);
            case Kind::syncs:
                break;
        }
        return sync(digits);
    }

    template <Described Thing>
    Result<Item> described(sqlite::Sql by_id, const std::string& digits) {
        MIM_TRY(reader, file_->read());
        MIM_TRY(row, reader->statement(by_id, digits));
        MIM_TRY(there, row.step());
        if (!there) return damaged_row(Description<Thing>::what);
        MIM_TRY(thing, read_row<Thing>(row));
        return Item(std::move(thing));
    }

    Result<Item> audited(sqlite::Sql by_id, const std::string& digits) {
        MIM_TRY(reader, file_->read());
        MIM_TRY(row, reader->statement(by_id, digits));
        MIM_TRY(there, row.step());
        if (!there) return damaged_row("an entry of the audit log");
        MIM_TRY(entry, read_audit_entry(row));
        return Item(std::move(entry));
    }

    Result<Item> trash(const std::string& digits) {
        const auto id = app::TrashId::parse(digits);
        if (!id) return damaged_row("an id");
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        MIM_TRY(whole, whole_trash(*reader, *id));
        return Item(std::move(whole));
    }

    Result<Item> sync(const std::string& digits) {
        const auto id = SyncId::parse(digits);
        if (!id) return damaged_row("an id");
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        MIM_TRY(sync, sync_with_records(*reader, *id));
        MIM_TRY(statement, reader->statement(sql::cancel_requested, digits));
        MIM_TRY(requested, read_number(std::move(statement)));
        return Item(
            ArchivedSync{std::move(sync), requested != 0 ? CancelRequested::yes : CancelRequested::no});
    }

    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<Archive> create_sqlite_archive(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteArchive>(std::move(file));
}

}  // namespace mim::store
