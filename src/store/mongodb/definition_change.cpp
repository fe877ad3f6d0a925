#include "store/mongodb/definition_change.hpp"

#include <set>
#include <unordered_map>

#include "store/descriptions/definition.hpp"
#include "store/mongodb/database_turn.hpp"
#include "store/mongodb/definition_conflicts.hpp"
#include "store/mongodb/definition_counts.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store::mongodb {
namespace {

using app::Definition;
using app::DefinitionChanges;
using Definitions = std::vector<Definition>;

// Those that a change replaces or removes.
using Stored = std::unordered_map<DefinitionId, Definition>;

Result<Stored> stored_of(Commands& commands, const DefinitionChanges& changes) {
    std::vector<DefinitionId> ids = changes.removals;
    for (const auto& definition : changes.updates) ids.push_back(definition.id);
    Stored stored;
    if (ids.empty()) return stored;
    const auto among_them = fields("_id", fields("$in", array_of(ids)));
    MIM_TRY(found, read_all<Definition>(commands, names::definitions, {.filter = among_them},
                                        read_document<Definition>));
    for (auto& each : found) {
        auto id = each.id;
        stored.emplace(std::move(id), std::move(each));
    }
    return stored;
}

Done check_expected(const DefinitionChanges& changes, const Stored& stored) {
    for (const auto& expected : changes.expected) {
        const auto found = stored.find(expected.id);
        if (found == stored.end() || !app::stands_as(found->second, expected)) return app::not_as_expected();
    }
    return {};
}

// None when there is nothing to do.
Result<std::optional<DatabaseId>> database_of(const DefinitionChanges& changes, const Stored& stored) {
    std::set<DatabaseId> databases;
    for (const auto& definition : changes.updates) databases.insert(definition.database);
    for (const auto& definition : changes.creations) databases.insert(definition.database);
    for (const auto& [id, definition] : stored) databases.insert(definition.database);
    if (databases.empty()) return std::optional<DatabaseId>();
    if (databases.size() > 1)
        return Error(ErrorCode::internal, "a change of definitions concerns one database");
    return std::optional<DatabaseId>(*databases.begin());
}

// What stands in place of `stored` afterwards: updates, of which created_at is kept, and creations.
// not_found.
Result<Definitions> written_by(const DefinitionChanges& changes, const Stored& stored) {
    const std::set<DefinitionId> removed(changes.removals.begin(), changes.removals.end());
    Definitions written = changes.updates;
    for (auto& update : written) {
        const auto before = stored.find(update.id);
        if (before == stored.end() || removed.contains(update.id))
            return Error(ErrorCode::not_found, "Index definition not found");
        update.created_at = before->second.created_at;
    }
    written.insert(written.end(), changes.creations.begin(), changes.creations.end());
    return written;
}

// Also what is updated is removed and inserted again: two may take each other's name.
Done exchange(Commands& commands, const Stored& stored, const Definitions& written) {
    if (!stored.empty()) {
        std::vector<DefinitionId> ids;
        for (const auto& entry : stored) ids.push_back(entry.first);
        const auto among_them = fields("_id", fields("$in", array_of(ids)));
        MIM_CHECK(commands.remove(names::definitions, among_them, Several::all));
    }
    std::vector<bson::Document> documents;
    documents.reserve(written.size());
    for (const auto& each : written) documents.push_back(to_document(each));
    return commands.insert(names::definitions, documents);
}

}  // namespace

Done make_change(Commands& commands, const DefinitionChanges& changes) {
    MIM_TRY(stored, stored_of(commands, changes));
    MIM_TRY(database, database_of(changes, stored));
    if (!database) return changes.expected.empty() ? Done{} : app::not_as_expected();
    MIM_CHECK(take_turn(commands, *database));
    MIM_CHECK(check_expected(changes, stored));
    MIM_TRY(written, written_by(changes, stored));
    MIM_CHECK(exchange(commands, stored, written));
    CountChanges counts;
    for (const auto& [id, definition] : stored) counts.take(definition.collection);
    for (const auto& definition : written) counts.add(definition.collection);
    return counts.write(commands, *database);
}

Done change_definitions(Link& link, const DefinitionChanges& changes) {
    auto done = link.in_transaction([&](Commands& commands) { return make_change(commands, changes); });
    if (done || done.error().code != ErrorCode::already_exists) return done;
    return refusal_of(link, changes);
}

}  // namespace mim::store::mongodb
