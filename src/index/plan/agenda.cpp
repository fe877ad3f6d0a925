#include "index/plan/agenda.hpp"

#include <unordered_map>

#include "index/comparison/notes.hpp"
#include "index/comparison/ownership.hpp"
#include "index/definition/shard_key.hpp"
#include "index/rules/in_place.hpp"

namespace mim::index {
namespace {

using Worths = std::unordered_map<std::string_view, Worth>;

Worths worths_from_notes(const std::vector<Note>& notes) {
    Worths worths;
    for (const Note& note : notes) {
        Worth worth = Worth::unknown;
        if (note.code == note_code::covered) worth = Worth::covered;
        if (note.code == note_code::unused) worth = Worth::unused;
        if (note.code == note_code::hidden) worth = Worth::hidden;
        const auto [place, is_new] = worths.emplace(note.index, worth);
        if (!is_new && worth < place->second) place->second = worth;
    }
    return worths;
}

bool is_hidden(const Spec& spec) {
    const auto hidden = spec.options.find("hidden");
    return hidden && hidden->truthy();
}

void add_missing(const PlanScope& scope, Agenda& agenda) {
    if (scope.options.missing != MissingChoice::create) return;
    for (const Missing& one : scope.collection.missing) {
        PendingBuild build;
        build.desired = &one.desired;
        build.canonical = &one.canonical;
        agenda.builds.push_back(std::move(build));
    }
}

// MongoDB would refuse to hide it; the comparison's note says why nothing is done.
bool would_hide_shard_key(const PlanScope& scope, const Changed& changed) {
    return holds_up_shard_key(scope, changed.live) &&
           !supports_shard_key(changed.desired.spec, *scope.collection.traits.shard_key);
}

void add_changed(const PlanScope& scope, Agenda& agenda) {
    if (!alters(scope.options.changed)) return;
    for (const Changed& one : scope.collection.changed) {
        if (is_server_owned(one.live.spec, scope.collection.traits)) continue;
        if (one.unmanageable && scope.options.changed != ChangedChoice::alter_all) continue;
        if (one.resolution == Resolution::modify) {
            if (would_hide_shard_key(scope, one)) continue;
            Spec wanted = one.desired.spec;
            wanted.name = one.live.spec.name;
            if (auto changes = in_place_changes(one.live.spec, wanted, scope.rules)) {
                agenda.modifies.push_back({&one, std::move(*changes)});
                continue;
            }
        }
        PendingBuild build;
        build.desired = &one.desired;
        build.canonical = &one.registry;
        build.changed = &one;
        if (holds_up_shard_key(scope, one.live)) {
            build.refusal = "MongoDB will refuse to drop " + one.live.spec.name +
                            ", the last index that supports the shard key";
        }
        agenda.builds.push_back(std::move(build));
        PendingDrop drop{&one.live, &one.database, &one};
        if (one.unmanageable) drop.unmanageable = &*one.unmanageable;
        agenda.drops.push_back(drop);
    }
}

void add_redundant(const PlanScope& scope, Agenda& agenda) {
    if (!drops(scope.options.extra)) return;
    const Worths worths = worths_from_notes(scope.collection.notes);
    for (const Redundant& one : scope.collection.redundant) {
        if (one.unmanageable && scope.options.extra != ExtraChoice::drop_all) continue;
        if (scope.options.drop_mode == DropMode::hide) {
            if (!is_hidden(one.live.spec)) agenda.hides.push_back(&one.live);
            continue;
        }
        const auto worth = worths.find(one.live.spec.name);
        PendingDrop drop{&one.live, &one.canonical};
        if (one.unmanageable) drop.unmanageable = &*one.unmanageable;
        drop.holds_up_shard_key = holds_up_shard_key(scope, one.live);
        if (worth != worths.end()) drop.worth = worth->second;
        agenda.drops.push_back(drop);
    }
}

}  // namespace

bool holds_up_shard_key(const PlanScope& scope, const LiveIndex& live) {
    return scope.collection.shard_key_index == live.spec.name;
}

Agenda make_agenda(const PlanScope& scope) {
    Agenda agenda;
    add_missing(scope, agenda);
    add_changed(scope, agenda);
    add_redundant(scope, agenda);
    resolve_obstacles(scope, agenda);
    return agenda;
}

}  // namespace mim::index
