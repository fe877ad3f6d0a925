#include "store/mongodb/sync_submission.hpp"

#include "app/ports/database_store.hpp"
#include "app/ports/sync_store.hpp"
#include "store/mongodb/database_turn.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/neighbours.hpp"
#include "store/mongodb/sync_documents.hpp"

namespace mim::store::mongodb {
namespace {

Result<std::set<DatabaseId>> entries_of(Commands& commands, const std::optional<app::Place>& place) {
    std::set<DatabaseId> ids;
    if (!place) return ids;
    MIM_TRY(entries, neighbours_of(commands, {*place}));
    for (const app::Neighbour& each : entries) ids.insert(each.id);
    return ids;
}

Done check_leads_to(const std::optional<app::Place>& seen, bson::DocumentView database) {
    Reader reader(database);
    const auto place = Kept<std::optional<app::Place>>::read(reader, "place");
    return place == seen ? Done() : app::database_changed_meanwhile();
}

// For those of one place no index can be: whoever submits for one of them takes the turns of all. Of two that
// do, one begins anew, and sees the other's sync. One that was led there since this transaction's first
// question, and has a sync, took the turns of those that were there, so this one begins anew as well.
Done take_turns(Commands& commands, const DatabaseId& database, const std::optional<app::Place>& seen,
                const std::set<DatabaseId>& entries) {
    for (const DatabaseId& each : entries) {
        auto turn = take_turn(commands, each);
        if (!turn) return std::move(turn).error();
        if (each == database) MIM_CHECK(check_leads_to(seen, *turn));
    }
    return {};
}

}  // namespace

Done check_idle(Commands& commands, const std::set<DatabaseId>& databases) {
    const auto active = fields("database", fields("$in", array_of(databases)), "active", true);
    MIM_TRY(found, commands.find_one(names::syncs, active, fields("_id", 1)));
    if (!found) return {};
    Reader reader(*found);
    const auto id = reader.id<SyncId>("_id");
    MIM_CHECK(reader.whole("a sync"));
    return app::sync_is_active(id);
}

Done submit_sync(Link& link, const app::Sync& sync, const std::optional<app::Place>& seen) {
    return link.in_transaction([&](Commands& commands) -> Done {
        MIM_TRY(entries, entries_of(commands, seen));
        entries.insert(sync.database);
        MIM_CHECK(take_turns(commands, sync.database, seen, entries));
        MIM_CHECK(check_idle(commands, entries));
        return commands.insert(names::syncs, {new_sync_document(sync, PlanId::generate())});
    });
}

}  // namespace mim::store::mongodb
