#include "store/mongodb/definition_change.hpp"

#include <set>
#include <unordered_map>

#include "store/descriptions/definition.hpp"
#include "store/mongodb/database_lock.hpp"
#include "store/mongodb/definition_conflicts.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

using app::Definition;
using app::DefinitionChanges;
using Definitions = std::vector<Definition>;

// The stored documents that a change replaces or removes, by id.
using Stored = std::unordered_map<DefinitionId, bson::Document>;

Result<Stored> stored_of(Link& link, const DefinitionChanges& changes) {
    std::vector<DefinitionId> ids = changes.removals;
    for (const auto& definition : changes.updates) ids.push_back(definition.id);
    Stored stored;
    if (ids.empty()) return stored;
    MIM_TRY(found, link.find(names::definitions, {.filter = fields("_id", fields("$in", array_of(ids)))}));
    for (auto& document : found) {
        Reader reader(document);
        auto id = reader.id<DefinitionId>("_id");
        MIM_CHECK(reader.whole("a definition"));
        stored.emplace(std::move(id), std::move(document));
    }
    return stored;
}

Done check_expected(const DefinitionChanges& changes, const Stored& stored) {
    for (const auto& expected : changes.expected) {
        const auto found = stored.find(expected.id);
        if (found == stored.end()) return app::not_as_expected();
        MIM_TRY(definition, read_document<app::Definition>(found->second.view()));
        if (!app::stands_as(definition, expected)) return app::not_as_expected();
    }
    return {};
}

// None when there is nothing to do.
Result<std::optional<DatabaseId>> database_of(const DefinitionChanges& changes, const Stored& stored) {
    std::set<DatabaseId> databases;
    for (const auto& definition : changes.updates) databases.insert(definition.database);
    for (const auto& definition : changes.creations) databases.insert(definition.database);
    for (const auto& [id, document] : stored) {
        Reader reader(document);
        databases.insert(reader.id<DatabaseId>("database"));
        MIM_CHECK(reader.whole("a definition"));
    }
    if (databases.empty()) return std::optional<DatabaseId>();
    if (databases.size() > 1)
        return Error(ErrorCode::internal, "a change of definitions concerns one database");
    return std::optional<DatabaseId>(*databases.begin());
}

// The updates as they are to be stored: created_at is kept. not_found.
Result<Definitions> updates_of(const DefinitionChanges& changes, const Stored& stored) {
    const std::set<DefinitionId> removed(changes.removals.begin(), changes.removals.end());
    Definitions updates = changes.updates;
    for (auto& update : updates) {
        const auto before = stored.find(update.id);
        if (before == stored.end() || removed.contains(update.id))
            return Error(ErrorCode::not_found, "Index definition not found");
        Reader reader(before->second);
        update.created_at = reader.time("created_at");
        MIM_CHECK(reader.whole("a definition"));
    }
    return updates;
}

// Undoing a change removes what it created, so nothing may have such an id already.
Done refuse_known_ids(Link& link, const Definitions& creations, const Stored& leaving) {
    std::vector<DefinitionId> ids;
    for (const auto& definition : creations) {
        if (!leaving.contains(definition.id)) ids.push_back(definition.id);
    }
    if (ids.empty()) return {};
    MIM_TRY(known,
            link.find_one(names::definitions, fields("_id", fields("$in", array_of(ids))), fields("_id", 1)));
    if (known) return Error(ErrorCode::already_exists, "An index definition of this id exists");
    return {};
}

class Change {
  public:
    Change(Link& link, DatabaseLock& lock) : link_(link), lock_(lock), change_(lock.change()) {}

    Done run(const DefinitionChanges& changes, const Stored& stored) {
        MIM_CHECK(check_expected(changes, stored));
        MIM_TRY(updates, updates_of(changes, stored));
        MIM_CHECK(check_conflicts(link_, change_.database, stored_ids(stored), updates, changes.creations));
        const bool single = stored.size() + changes.creations.size() == 1;
        if (single) return write_one(changes, stored, updates);
        MIM_CHECK(refuse_known_ids(link_, changes.creations, stored));
        return lock_.end_change(write_all(changes, stored, updates));
    }

  private:
    static std::vector<DefinitionId> stored_ids(const Stored& stored) {
        std::vector<DefinitionId> ids;
        for (const auto& entry : stored) ids.push_back(entry.first);
        return ids;
    }
    static UndoNotes notes_of(const DefinitionChanges& changes, const Stored& stored) {
        UndoNotes notes;
        for (const auto& entry : stored) notes.before.push_back(entry.second);
        for (const auto& definition : changes.creations) notes.created.push_back(definition.id);
        return notes;
    }

    // One document changes by itself, whole or not at all: nothing to undo.
    Done write_one(const DefinitionChanges& changes, const Stored& stored, const Definitions& updates) {
        MIM_CHECK(lock_.keep());
        if (!changes.creations.empty())
            return link_.insert(names::definitions, {document_of(changes.creations.front())});
        if (updates.empty()) return remove(stored);
        const auto& update = updates.front();
        MIM_TRY(updated, link_.update(names::definitions, touchable(change_, fields("_id", update.id)),
                                      document_of(update)));
        return updated == 1 ? Done{} : overtaken();
    }

    // Updates are removed and inserted again: two of them may take each other's name.
    Done write_all(const DefinitionChanges& changes, const Stored& stored, const Definitions& updates) {
        MIM_CHECK(lock_.keep());
        MIM_CHECK(note_undo(link_, change_, notes_of(changes, stored)));
        std::vector<bson::Document> inserted;
        for (const auto& update : updates) inserted.push_back(document_of(update));
        for (const auto& creation : changes.creations) inserted.push_back(document_of(creation));
        MIM_CHECK(lock_.keep());
        MIM_CHECK(remove(stored));
        MIM_CHECK(lock_.keep());
        return link_.insert(names::definitions, inserted);
    }

    // All of them were there when the lock was ours.
    Done remove(const Stored& stored) {
        MIM_TRY(removed, remove_definitions(link_, change_, stored_ids(stored)));
        return removed == static_cast<std::int64_t>(stored.size()) ? Done{} : overtaken();
    }
    [[nodiscard]] bson::Document document_of(const Definition& definition) const {
        return stamped(change_, to_document(definition).view());
    }
    static Error overtaken() {
        return {ErrorCode::store_failed, "this change of a database took too long, and others went on"};
    }

    Link& link_;
    DatabaseLock& lock_;
    const ChangeOf& change_;
};

}  // namespace

Done change_definitions(const std::shared_ptr<Link>& link, const DefinitionChanges& changes) {
    MIM_TRY(seen, stored_of(*link, changes));
    MIM_TRY(database, database_of(changes, seen));
    if (!database) return changes.expected.empty() ? Done{} : app::not_as_expected();
    MIM_TRY(lock, DatabaseLock::acquire(link, *database));
    MIM_TRY(stored, stored_of(*link, changes));  // again: now nobody changes it
    return Change(*link, lock).run(changes, stored);
}

}  // namespace mim::store::mongodb
