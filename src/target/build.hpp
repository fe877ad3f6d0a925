// One createIndexes command from start to end, watched.
#pragma once

#include "app/ports/target.hpp"
#include "base/log.hpp"
#include "target/build_request.hpp"
#include "target/connection.hpp"
#include "target/targets.hpp"
#include "target/workers.hpp"

namespace mim::target {

// As Target::create_indexes. The command runs on one of `workers`; this thread watches and tells `observer`,
// and ends the build on the server (build_end.hpp). When the build finished first, that is a success.
// The command is sent when a connection stands ready and `signal` says that the lease is held; else
// lease_lost. A build that the observer leaves goes on, and so does the helper that waits for its end. A
// `writeConcernError` is logged and is a success too: the indexes are there, only their replication was not
// confirmed in time.
[[nodiscard]] Done build_indexes(const Place& place, Workers& workers, const TargetSettings& settings,
                                 Logger& logger, const BuildRequest& request, Deadline deadline,
                                 app::BuildObserver& observer, const app::StopSignal& signal);

// Why a change is not sent.
[[nodiscard]] Error lease_has_ended();

}  // namespace mim::target
