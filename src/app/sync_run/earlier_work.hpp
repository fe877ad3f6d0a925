// What a worker that vanished left behind: records that say "running". Settled before anything new is
// planned.
#pragma once

#include "app/ports/definition_store.hpp"
#include "app/sync_run/observation.hpp"

namespace mim::app {

enum class EarlierEnd {
    took_effect,  // what the record promised is there
    building,     // its build runs at the server without its worker, or may
    no_effect     // to be planned afresh if it is still wanted
};

[[nodiscard]] EarlierEnd end_of(const SyncRecord& record, const Observation& seen,
                                const std::vector<Definition>& definitions);

}  // namespace mim::app
