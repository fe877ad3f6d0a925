// What is to be done in one collection, and what stands in the way of each build; not yet in order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "index/plan/operation.hpp"

namespace mim::index {

// How gladly an index is given up when the limit of 64 forces a drop before a build; least valuable first.
enum class Worth { covered, unused, hidden, unknown };

struct PendingDrop {
    const LiveIndex* live = nullptr;
    const Canonical* canonical = nullptr;
    const Changed* changed = nullptr;  // set when its definition is built in its place
    Worth worth = Worth::unknown;
    const Unmanageable* unmanageable = nullptr;
    bool in_the_way = false;          // some build needs it gone first
    bool called_off = false;          // its successor would be refused, so it stays
    bool holds_up_shard_key = false;  // goes only after another index that supports it was built
};

struct PendingBuild {
    const Desired* desired = nullptr;
    const Canonical* canonical = nullptr;
    const Changed* changed = nullptr;
    std::vector<std::size_t>
        drops;             // positions in Agenda::drops that must go first; its own predecessor first
    std::string obstacle;  // why those must go, for people
    std::string refusal;   // set when MongoDB will refuse it whatever is dropped; then `drops` is empty
};

struct PendingModify {
    const Changed* changed = nullptr;
    std::vector<bson::Document> changes;
};

struct Agenda {
    std::vector<PendingModify> modifies;
    std::vector<PendingBuild> builds;
    std::vector<PendingDrop> drops;
    std::vector<const LiveIndex*> hides;  // the one that holds up the shard key under the same condition
};

[[nodiscard]] bool holds_up_shard_key(const PlanScope& scope, const LiveIndex& live);

// Borrows from `scope`. Sorted by name throughout.
[[nodiscard]] Agenda make_agenda(const PlanScope& scope);

// Finds, for each build, the indexes that MongoDB's rules make it wait for: same name (86), same identity
// (85), one text index a collection (67). A build that an index which stays stands in the way of is marked as
// refused, and its predecessor is not dropped: better an old index than none. Source: semantics section 4.
void resolve_obstacles(const PlanScope& scope, Agenda& agenda);

}  // namespace mim::index
