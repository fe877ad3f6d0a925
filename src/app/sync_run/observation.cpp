#include "app/sync_run/observation.hpp"

#include "app/readable.hpp"
#include "app/sync_run/backoff.hpp"
#include "app/sync_run/passing_failure.hpp"
#include "base/call_memory.hpp"
#include "index/canonical/canonical.hpp"

namespace mim::app {
namespace {

const index::LiveIndex* index_of(const Observation& seen, const std::string& collection,
                                 const std::string& name) {
    const index::LiveCollection* found = seen.find(collection);
    if (found == nullptr) return nullptr;
    for (const index::LiveIndex& live : found->indexes) {
        if (live.spec.name == name) return &live;
    }
    return nullptr;
}

}  // namespace

const index::LiveCollection* Observation::find(const std::string& collection) const {
    for (const index::LiveCollection& one : live) {
        if (one.name == collection) return &one;
    }
    return nullptr;
}

Result<Observation> observe_once(const RunContext& context, Target& target,
                                 const std::vector<std::string>& collections) {
    const Deadline deadline = Deadline::after(context.limits.read_deadline);
    const CallMemory memory;
    MIM_TRY(server, target.probe(deadline));
    MIM_TRY(live, target.read({.collections = collections, .usage = UsageWanted::no}, deadline));
    MIM_CHECK(check_readable(live));
    return Observation{server.release, std::move(live), memory.held()};
}

Uninterrupted<Result<Observation>> observe(const RunContext& context, Target& target,
                                           const std::vector<std::string>& collections) {
    Backoff backoff(context);
    for (;;) {
        Result<Observation> seen = observe_once(context, target, collections);
        if (seen || !may_pass(seen.error())) return seen;
        const auto again = backoff.again(seen.error());
        if (!again) return again.error();
        if (!*again) return seen;
    }
}

Presence presence(const Observation& seen, const std::string& collection, const index::Spec& wanted) {
    const index::LiveIndex* live = index_of(seen, collection, wanted.name);
    if (live == nullptr) return Presence::absent;
    const index::RuleContext rules{seen.version(), seen.find(collection)->traits};
    const index::Canonical there = index::canonicalise(live->spec, rules);
    const index::Canonical here = index::canonicalise(wanted, rules);
    if (there.signature != here.signature || !index::differences(here, there).empty()) return Presence::other;
    if (live->state == index::LiveIndex::State::building) return Presence::building;
    return seen.find(collection)->readiness_unknown ? Presence::unknown : Presence::ready;
}

bool has_index(const Observation& seen, const std::string& collection, const std::string& name) {
    return index_of(seen, collection, name) != nullptr;
}

}  // namespace mim::app
