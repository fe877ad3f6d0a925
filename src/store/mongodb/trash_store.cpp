#include "app/ports/trash_store.hpp"

#include "store/descriptions/database.hpp"
#include "store/descriptions/definition.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/descriptions/user.hpp"
#include "store/mongodb/accounts.hpp"
#include "store/mongodb/database_names.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"
#include "store/mongodb/trash_claim.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error not_in_trash() {
    return {ErrorCode::not_found, "Not in the trash"};
}

Error damaged() {
    return {ErrorCode::store_failed, "an entry of the trash is damaged"};
}

// An account goes back in a transaction. Databases and definitions, of which there may be many: whoever
// restores or purges claims the entry; then what nobody finds goes first, then the write that everything
// hangs on, then the entry.
class MongoTrashStore final : public app::TrashStore {
  public:
    explicit MongoTrashStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<app::Page<app::TrashEntry>> list(app::TrashedAccounts accounts,
                                            const app::PageRequest& page) override {
        Question question{.filter = {}, .sort = fields("deleted_at", -1, "_id", -1)};
        if (accounts == app::TrashedAccounts::hidden)
            question.filter = fields("kind", fields("$ne", app::to_string(app::TrashKind::account)));
        return read_page<app::TrashEntry>(*link_, names::trash, page, std::move(question),
                                          read_document<app::TrashEntry>);
    }

    Result<app::TrashEntry> get(const app::TrashId& id) override {
        MIM_TRY(found, stored(id));
        return read_document<app::TrashEntry>(found);
    }

    Done restore(const app::TrashId& id) override {
        MIM_TRY(found, stored(id));
        MIM_TRY(entry, read_document<app::TrashEntry>(found));
        if (entry.kind == app::TrashKind::account) return restore_account(id, found);
        MIM_TRY(claim, TrashClaim::take(link_, id, TrashClaim::Purpose::restore));
        if (!claim) return not_in_trash();
        MIM_CHECK(entry.kind == app::TrashKind::database ? restore_database(entry, *claim)
                                                         : restore_definitions(entry, *claim));
        return claim->remove();
    }

    Result<std::optional<app::TrashEntry>> purge(const app::TrashId& id) override {
        MIM_TRY(claim, TrashClaim::take(link_, id, TrashClaim::Purpose::purge));
        if (!claim) return std::optional<app::TrashEntry>();
        MIM_CHECK(claim->remove());
        MIM_TRY(entry, read_document<app::TrashEntry>(claim->entry()));
        return std::optional(std::move(entry));
    }

    Result<std::int64_t> purge_before(Timestamp time) override {
        MIM_TRY(old, read_all<app::TrashEntry>(*link_, names::trash,
                                               {.filter = fields("deleted_at", fields("$lt", time))},
                                               read_document<app::TrashEntry>));
        std::int64_t count = 0;
        for (const auto& each : old) {
            MIM_TRY(purged, purge(each.id));
            count += purged ? 1 : 0;
        }
        return count;
    }

  private:
    Result<bson::Document> stored(const app::TrashId& id) {
        MIM_TRY(found, link_->find_one(names::trash, fields("_id", id)));
        if (!found) return not_in_trash();
        return std::move(*found);
    }

    template <class Thing, class Read>
    Result<std::vector<Thing>> parts(const char* collection, const app::TrashId& id, Read read) {
        return read_all<Thing>(*link_, collection, {.filter = fields("trash", id), .sort = fields("_id", 1)},
                               read);
    }

    // All that were put there with the entry, or none.
    Result<std::vector<app::Definition>> definitions_of(const app::TrashEntry& entry) {
        MIM_TRY(found,
                parts<app::Definition>(names::trash_definitions, entry.id, read_document<app::Definition>));
        if (static_cast<std::int64_t>(found.size()) >= entry.definitions) return found;
        return Error(ErrorCode::not_found, "Not in the trash as a whole: its purge was interrupted");
    }

    Done restore_notes(const app::TrashId& id) {
        MIM_TRY(notes,
                parts<app::MadeCollection>(names::trash_collections, id, read_document<app::MadeCollection>));
        for (const auto& note : notes) {
            const auto noted = link_->insert(names::made_collections, {to_document(note)});
            if (!noted && noted.error().code != ErrorCode::already_exists) return noted;
        }
        return {};
    }

    // Its definitions are nobody's until the database is there. One of its id is there when a restore was
    // interrupted at its end: then they are somebody's, and may have changed since.
    Done restore_database(const app::TrashEntry& entry, TrashClaim& claim) {
        const auto content = Reader(claim.entry()).part("content");
        if (!content) return damaged();
        MIM_TRY(database, read_document<app::Database>(*content));
        const auto in_the_way = documents(fields("_id", database.id), fields("name", database.name));
        MIM_TRY(namesakes, link_->count(names::databases, fields("$or", in_the_way)));
        if (namesakes > 0) return name_is_taken();
        MIM_CHECK(check_name(*link_, database));
        MIM_TRY(definitions, definitions_of(entry));
        std::vector<bson::Document> documents;
        documents.reserve(definitions.size());
        for (const auto& each : definitions) documents.push_back(to_document(each));
        MIM_CHECK(claim.keep());
        if (!documents.empty()) MIM_CHECK(link_->put(names::definitions, documents));
        MIM_CHECK(restore_notes(entry.id));
        MIM_CHECK(claim.keep());
        auto inserted = insert_database(*link_, database);
        if (inserted || inserted.error().code != ErrorCode::already_exists) return inserted;
        MIM_CHECK(forget_what_is_nobodys(database.id));
        return inserted;
    }

    // Somebody made one of its name at the same time; or of its id, who restored it with a claim that ran
    // out.
    Done forget_what_is_nobodys(const DatabaseId& database) {
        MIM_TRY(there, link_->find_one(names::databases, fields("_id", database), fields("_id", 1)));
        if (there) return not_in_trash();
        const auto of_it = fields("database", database);
        MIM_CHECK(link_->remove(names::definitions, of_it, Several::all));
        MIM_CHECK(link_->remove(names::made_collections, of_it, Several::all));
        return {};
    }

    Done restore_definitions(const app::TrashEntry& entry, TrashClaim& claim) {
        app::DefinitionChanges changes;
        MIM_TRY(definitions, definitions_of(entry));
        changes.creations = std::move(definitions);
        MIM_CHECK(claim.keep());
        MIM_CHECK(create_mongodb_definition_store(link_)->change(changes));
        return restore_notes(entry.id);
    }

    Done restore_account(const app::TrashId& id, const bson::Document& entry) {
        const auto content = Reader(entry).part("content");
        if (!content) return damaged();
        MIM_TRY(user, read_document<app::User>(*content));
        // Whatever it had when it was deleted, or was given since, is over.
        ++user.session_version;
        user.kept_family.reset();
        auto done = link_->in_transaction([&](Commands& commands) -> Done {
            const auto unless_purged = fields("_id", id, "purging", fields("$exists", false));
            MIM_TRY(taken_out, commands.remove(names::trash, unless_purged, Several::one));
            if (taken_out == 0) return not_in_trash();
            MIM_CHECK(commands.remove(names::token_families, fields("user", user.id), Several::all));
            MIM_CHECK(commands.remove(names::api_keys, fields("owner", user.id), Several::all));
            return add_user(commands, user);
        });
        if (done || done.error().code != ErrorCode::already_exists) return done;
        return refuse_names(*link_, user);
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::TrashStore> create_mongodb_trash_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoTrashStore>(std::move(link));
}

}  // namespace mim::store
