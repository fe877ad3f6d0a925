#include "app/imports.hpp"

#include <map>

#include "app/import_merge.hpp"
#include "app/protection.hpp"
#include "app/readable.hpp"
#include "app/seen_servers.hpp"
#include "base/call_memory.hpp"
#include "index/definition/held_bytes.hpp"

namespace mim::app {

Result<Imports::Prepared> Imports::prepare(const Database& database, OnConflict on_conflict) {
    MIM_TRY(target, ports_.targets.open(database));
    const Deadline deadline = Deadline::after(ports_.target_deadline);
    MIM_TRY(server, target->probe(deadline));
    MIM_TRY(live, target->read({}, deadline));
    MIM_CHECK(check_readable(live));
    MIM_TRY(definitions, ports_.definitions.all_of(database.id, std::nullopt));
    std::map<std::string, std::vector<Definition>> by_collection;
    for (Definition& definition : definitions) {
        std::vector<Definition>& group = by_collection[definition.collection];
        group.push_back(std::move(definition));
    }
    Prepared prepared;
    prepared.release = server.release;
    for (const index::LiveCollection& collection : live) {
        // Definitions and report are made of it.
        MIM_CHECK(CallMemory::add(2 * index::held_bytes(collection)));
        merge_collection({.database = database.id,
                          .live = collection,
                          .existing = by_collection[collection.name],
                          .version = server.release.rules(),
                          .on_conflict = on_conflict,
                          .now = ports_.clock.now()},
                         prepared);
    }
    return prepared;
}

Done Imports::apply(const Prepared& prepared) {
    const DefinitionChanges& changes = prepared.changes;
    if (changes.removals.empty() && changes.updates.empty() && changes.creations.empty()) return {};
    return ports_.definitions.change(changes);
}

Result<ImportReport> Imports::from_database(const DatabaseId& database, OnConflict on_conflict, Role as) {
    MIM_TRY(stored, ports_.databases.get(database));
    MIM_TRY(prepared, prepare(stored, on_conflict));
    note_server(ports_.databases, stored, prepared.release, ports_.clock.now());
    if (!prepared.changes.removals.empty() || !prepared.changes.updates.empty())
        MIM_CHECK(check_removal(stored, as, "replacing definitions"));
    MIM_CHECK(apply(prepared));
    return std::move(prepared.report);
}

}  // namespace mim::app
