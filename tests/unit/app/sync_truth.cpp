#include "sync_truth.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

namespace mim::app {
namespace {

// The last completed record of an index says whether it is there.
void expect_live_as_recorded(World& world, const Sync& sync) {
    std::map<std::pair<std::string, std::string>, index::Action> last;
    for (const SyncRecord& record : sync.records) {
        if (record.status == RecordStatus::completed) last[{record.collection, record.index}] = record.action;
    }
    for (const auto& [place, action] : last) {
        const bool there = world.server.has("shop", place.first, place.second);
        EXPECT_EQ(there, action != index::Action::drop) << place.second;
    }
}

// Nothing is given up after a build of its collection that did not succeed, unless that was asked for.
void expect_nothing_given_up_after_a_failed_build(const Sync& sync) {
    if (sync.options.on_failure == OnFailure::carry_on) return;
    std::map<std::string, std::set<std::string>> not_built;  // by their collection
    for (const SyncRecord& record : sync.records) {
        std::set<std::string>& failed = not_built[record.collection];
        if (record.action == index::Action::create && record.status == RecordStatus::completed) {
            failed.erase(record.index);
        } else if (record.action == index::Action::create) {
            failed.insert(record.index);
        }
        if (record.action != index::Action::drop && record.action != index::Action::hide) continue;
        EXPECT_TRUE(failed.empty() || record.status != RecordStatus::completed) << record.index;
    }
}

bool is_settled(const index::CollectionComparison& compared, index::ExtraChoice extra) {
    return compared.in_sync() || (extra == index::ExtraChoice::leave && compared.missing.empty() &&
                                  compared.changed.empty() && compared.unreadable.empty());
}

}  // namespace

void expect_truth(World& world, const SyncId& id) {
    const Sync sync = world.sync(id);
    EXPECT_TRUE(is_finished(sync.status));
    EXPECT_TRUE(sync.completed_at);
    EXPECT_EQ(sync.total_tasks, static_cast<int>(sync.records.size()));
    EXPECT_EQ(sync.completed_tasks, sync.total_tasks);
    EXPECT_EQ(sync.status == SyncStatus::completed, sync.error.empty()) << sync.error;
    for (const SyncRecord& record : sync.records) {
        EXPECT_NE(record.status, RecordStatus::pending) << record.index;
        EXPECT_NE(record.status, RecordStatus::running) << record.index;
        EXPECT_EQ(record.status == RecordStatus::completed, !record.error) << record.index;
        EXPECT_TRUE(record.completed_at) << record.index;
    }
    expect_live_as_recorded(world, sync);
    expect_nothing_given_up_after_a_failed_build(sync);
    world.server.faults.heal();
    world.server.faults.on_call = nullptr;
    const auto compared =
        world.comparisons.compare({.database = sync.database, .collections = sync.collections});
    ASSERT_TRUE(compared) << compared.error().message;
    bool settled = true;
    for (const auto& one : compared->collections) settled = settled && is_settled(one, sync.options.extra);
    // A restoration brings back what the registry does not want.
    EXPECT_TRUE(settled || sync.restoration || sync.status != SyncStatus::completed);
}

}  // namespace mim::app
