// The live state of a sync's collections, read while the run may be interrupted.
#pragma once

#include "app/sync_run/run_context.hpp"
#include "base/byte_budget.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {

struct Observation {
    index::ServerRelease release;
    std::vector<index::LiveCollection> live;  // in the order asked; all readable
    std::shared_ptr<Holding> held;            // for as long as it is kept; null when nothing counts

    [[nodiscard]] index::ServerVersion version() const { return release.rules(); }
    [[nodiscard]] const index::LiveCollection* find(const std::string& collection) const;
};

[[nodiscard]] Result<Observation> observe_once(const RunContext& context, Target& target,
                                               const std::vector<std::string>& collections);
// Tries again while the failure may pass. The inner error is the target's.
[[nodiscard]] Uninterrupted<Result<Observation>> observe(const RunContext& context, Target& target,
                                                         const std::vector<std::string>& collections);

enum class Presence {
    absent,
    other,  // something else has the name
    building,
    unknown,  // it is listed as wanted, and nobody can tell whether it is ready
    ready
};

// Whether the index is there exactly as `wanted` says.
[[nodiscard]] Presence presence(const Observation& seen, const std::string& collection,
                                const index::Spec& wanted);
[[nodiscard]] bool has_index(const Observation& seen, const std::string& collection, const std::string& name);

}  // namespace mim::app
