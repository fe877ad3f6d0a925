// One createIndexes command from start to end, watched.
#pragma once

#include <string>
#include <vector>

#include "app/ports/target.hpp"
#include "base/log.hpp"
#include "target/connection.hpp"
#include "target/targets.hpp"
#include "target/workers.hpp"

namespace mim::target {

struct BuildRequest {
    std::string collection;
    std::vector<index::Spec> specs;
};

// As Target::create_indexes. The command runs on one of `workers`; this thread watches and tells `observer`,
// and ends the build on the server by dropping exactly the indexes that the server marks as unfinished: an
// index that was there before is never dropped by an abort. When the build finished first, that is a success.
// The command is sent when a connection stands ready and `signal` says that the lease is held; else
// lease_lost. A build that the observer leaves goes on, and so does the helper that waits for its end. A
// `writeConcernError` is logged and is a success too: the indexes are there, only their replication was not
// confirmed in time.
[[nodiscard]] Done build_indexes(const Place& place, Workers& workers, const TargetSettings& settings,
                                 Logger& logger, const BuildRequest& request, Deadline deadline,
                                 app::BuildObserver& observer, const app::StopSignal& signal);

// Why a change was not sent.
[[nodiscard]] Error lease_has_ended();

}  // namespace mim::target
