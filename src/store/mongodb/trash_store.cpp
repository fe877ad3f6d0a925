#include "app/ports/trash_store.hpp"

#include <set>

#include "store/descriptions/definition.hpp"
#include "store/descriptions/made_collection.hpp"
#include "store/descriptions/trash_entry.hpp"
#include "store/descriptions/user.hpp"
#include "store/mongodb/accounts.hpp"
#include "store/mongodb/definition_change.hpp"
#include "store/mongodb/definition_conflicts.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/leaving.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/restoring.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error damaged() {
    return {ErrorCode::store_failed, "an entry of the trash is damaged"};
}

Error not_whole() {
    return {ErrorCode::not_found, "Not in the trash as a whole: its purge was interrupted"};
}

template <class Thing>
Result<std::vector<Thing>> parts(Commands& commands, const char* collection, const app::TrashId& id) {
    return read_all<Thing>(commands, collection, {.filter = fields("trash", id), .sort = fields("_id", 1)},
                           read_document<Thing>);
}

// All that were put there with the entry, or none.
Result<std::vector<app::Definition>> definitions_of(Commands& commands, const app::TrashEntry& entry) {
    MIM_TRY(found, parts<app::Definition>(commands, names::trash_definitions, entry.id));
    if (static_cast<std::int64_t>(found.size()) < entry.definitions) return not_whole();
    return found;
}

// What is noted already stays as it is.
Done put_back_notes(Commands& commands, const app::TrashId& id) {
    MIM_TRY(notes, parts<app::MadeCollection>(commands, names::trash_collections, id));
    if (notes.empty()) return {};
    const auto of_it = fields("database", notes.front().database);
    MIM_TRY(noted, read_all<app::MadeCollection>(commands, names::made_collections, {.filter = of_it},
                                                 read_document<app::MadeCollection>));
    std::set<std::string> known;
    for (const auto& each : noted) known.insert(each.name);
    std::vector<bson::Document> missing;
    for (const auto& each : notes) {
        if (!known.contains(each.name)) missing.push_back(to_document(each));
    }
    return commands.insert(names::made_collections, missing);
}

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
        switch (entry.kind) {
            case app::TrashKind::account:
                return restore_account(id, found);
            case app::TrashKind::database:
                return restore_database(*link_, entry);
            case app::TrashKind::definitions:
                break;
        }
        return restore_definitions(entry);
    }

    Result<std::optional<app::TrashEntry>> purge(const app::TrashId& id) override {
        std::optional<app::TrashEntry> entry;
        auto purged = link_->in_transaction([&](Commands& commands) -> Done {
            MIM_TRY(taken_out, take_out(commands, id));
            MIM_TRY(read, read_document<app::TrashEntry>(taken_out));
            entry = std::move(read);
            if (entry->kind == app::TrashKind::account) return {};
            if (entry->database) MIM_CHECK(go_no_further(commands, *entry->database, id));
            return let_parts_leave(commands, id);
        });
        if (!purged && purged.error().code == ErrorCode::not_found) return std::optional<app::TrashEntry>();
        if (!purged) return std::move(purged).error();
        (void)sweep(*link_, parts_of_a_request);  // it is gone; whoever comes next goes on
        return entry;
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
        MIM_CHECK(sweep(*link_, all_parts));
        return count;
    }

  private:
    Result<bson::Document> stored(const app::TrashId& id) {
        MIM_TRY(found, link_->find_one(names::trash, fields("_id", id)));
        if (!found) return not_in_trash();
        return std::move(*found);
    }

    Done restore_definitions(const app::TrashEntry& entry) {
        app::DefinitionChanges changes;
        auto done = link_->in_transaction([&](Commands& commands) -> Done {
            MIM_CHECK(take_out(commands, entry.id));
            MIM_TRY(definitions, definitions_of(commands, entry));
            changes.creations = std::move(definitions);
            MIM_CHECK(make_change(commands, changes));
            MIM_CHECK(put_back_notes(commands, entry.id));
            return let_parts_leave(commands, entry.id);
        });
        if (!done && done.error().code == ErrorCode::already_exists) return refusal_of(*link_, changes);
        if (done) (void)sweep(*link_, parts_of_a_request);
        return done;
    }

    Done restore_account(const app::TrashId& id, const bson::Document& entry) {
        const auto content = Reader(entry).part("content");
        if (!content) return damaged();
        MIM_TRY(user, read_document<app::User>(*content));
        // Whatever it had when it was deleted, or was given since, is over.
        ++user.session_version;
        user.kept_family.reset();
        auto done = link_->in_transaction([&](Commands& commands) -> Done {
            MIM_CHECK(take_out(commands, id));
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
