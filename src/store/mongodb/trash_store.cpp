#include "app/ports/trash_store.hpp"

#include "store/mongodb/definition_documents.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"
#include "store/mongodb/user_documents.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Result<app::TrashEntry> read_trash_entry(bson::DocumentView document) {
    Reader reader(document);
    app::TrashEntry entry{.id = reader.id<app::TrashId>("_id"),
                          .kind = reader.must(app::parse_trash_kind(reader.text("kind"))),
                          .deleted_at = reader.time("deleted_at"),
                          .deleted_by = reader.id<UserId>("deleted_by"),
                          .name = reader.text("name"),
                          .database = reader.optional_id<DatabaseId>("database"),
                          .definitions = reader.integer("definitions")};
    MIM_CHECK(reader.whole("an entry of the trash"));
    return entry;
}

Error name_is_taken() {
    Error error(ErrorCode::already_exists, "A database of this name exists");
    error.fields = {{"name", "is taken"}};
    return error;
}

// Without a transaction: what nobody finds goes first, then the write that everything hangs on, then the
// entry.
class MongoTrashStore final : public app::TrashStore {
  public:
    explicit MongoTrashStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Result<app::Page<app::TrashEntry>> list(app::TrashedAccounts accounts,
                                            const app::PageRequest& page) override {
        Question question{.filter = {}, .sort = fields("deleted_at", -1, "_id", -1)};
        if (accounts == app::TrashedAccounts::hidden)
            question.filter = fields("kind", fields("$ne", app::to_string(app::TrashKind::account)));
        return read_page<app::TrashEntry>(*link_, names::trash, page, std::move(question), read_trash_entry);
    }

    Result<app::TrashEntry> get(const app::TrashId& id) override {
        MIM_TRY(found, stored(id));
        return read_trash_entry(found);
    }

    Done restore(const app::TrashId& id) override {
        MIM_TRY(found, stored(id));
        MIM_TRY(entry, read_trash_entry(found));
        const auto content = Reader(found).part("content");
        if (entry.kind != app::TrashKind::definitions && !content)
            return Error(ErrorCode::store_failed, "an entry of the trash is damaged");
        switch (entry.kind) {
            case app::TrashKind::database:
                MIM_CHECK(restore_database(entry, *content));
                break;
            case app::TrashKind::definitions:
                MIM_CHECK(restore_definitions(entry));
                break;
            case app::TrashKind::account:
                MIM_CHECK(restore_account(*content));
                break;
        }
        return purge(id);
    }

    Done purge(const app::TrashId& id) override {
        MIM_CHECK(link_->remove(names::trash_definitions, fields("trash", id), Several::all));
        MIM_CHECK(link_->remove(names::trash_collections, fields("trash", id), Several::all));
        MIM_CHECK(link_->remove(names::trash, fields("_id", id), Several::one));
        return {};
    }

    Result<std::int64_t> purge_before(Timestamp time) override {
        MIM_TRY(old, read_all<app::TrashEntry>(*link_, names::trash,
                                               {.filter = fields("deleted_at", fields("$lt", time))},
                                               read_trash_entry));
        for (const auto& each : old) MIM_CHECK(purge(each.id));
        return static_cast<std::int64_t>(old.size());
    }

  private:
    Result<bson::Document> stored(const app::TrashId& id) {
        MIM_TRY(found, link_->find_one(names::trash, fields("_id", id)));
        if (!found) return Error(ErrorCode::not_found, "Not in the trash");
        return std::move(*found);
    }

    template <class Thing, class Read>
    Result<std::vector<Thing>> parts(const char* collection, const app::TrashId& id, Read read) {
        return read_all<Thing>(*link_, collection, {.filter = fields("trash", id), .sort = fields("_id", 1)},
                               read);
    }

    Done restore_notes(const app::TrashId& id) {
        MIM_TRY(notes, parts<app::MadeCollection>(names::trash_collections, id, read_made_collection));
        for (const auto& note : notes) {
            const auto noted = link_->insert(names::made_collections, {to_document(note)});
            if (!noted && noted.error().code != ErrorCode::already_exists) return noted;
        }
        return {};
    }

    // Its definitions are nobody's until the database is there.
    Done restore_database(const app::TrashEntry& entry, bson::DocumentView content) {
        MIM_TRY(database, read_database(content));
        MIM_TRY(namesakes, link_->count(names::databases, fields("name", database.name)));
        if (namesakes > 0) return name_is_taken();
        MIM_TRY(definitions, parts<app::Definition>(names::trash_definitions, entry.id, read_definition));
        std::vector<bson::Document> documents;
        documents.reserve(definitions.size());
        for (const auto& each : definitions) documents.push_back(to_document(each));
        if (!documents.empty()) MIM_CHECK(link_->put(names::definitions, documents));
        MIM_CHECK(restore_notes(entry.id));
        const auto inserted = link_->insert(names::databases, {to_document(database)});
        if (inserted || inserted.error().code != ErrorCode::already_exists) return inserted;
        return forget_what_is_nobodys(database.id);
    }

    // Somebody else restored it at the same time, or made one of its name.
    Done forget_what_is_nobodys(const DatabaseId& database) {
        MIM_TRY(there, link_->find_one(names::databases, fields("_id", database), fields("_id", 1)));
        if (there) return Error(ErrorCode::not_found, "Not in the trash");
        const auto of_it = fields("database", database);
        MIM_CHECK(link_->remove(names::definitions, of_it, Several::all));
        MIM_CHECK(link_->remove(names::made_collections, of_it, Several::all));
        return name_is_taken();
    }

    Done restore_definitions(const app::TrashEntry& entry) {
        app::DefinitionChanges changes;
        MIM_TRY(definitions, parts<app::Definition>(names::trash_definitions, entry.id, read_definition));
        changes.creations = std::move(definitions);
        MIM_CHECK(create_mongodb_definition_store(link_)->change(changes));
        return restore_notes(entry.id);
    }

    Done restore_account(bson::DocumentView content) {
        MIM_TRY(user, read_user(content));
        return insert_user(*link_, to_document(user), user);
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::TrashStore> create_mongodb_trash_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoTrashStore>(std::move(link));
}

}  // namespace mim::store
