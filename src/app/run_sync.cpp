#include "app/run_sync.hpp"

#include "app/sync_run/sync_run.hpp"

namespace mim::app {

RunOutcome run_sync(const Lease& lease, const RunPorts& ports, const RunLimits& limits,
                    const StopSignal& stop) {
    if (stop.lease_lost()) return RunOutcome::lost;
    if (stop.stop_requested()) return RunOutcome::hand_back;
    return SyncRun({lease, ports, limits, stop}).run();
}

}  // namespace mim::app
