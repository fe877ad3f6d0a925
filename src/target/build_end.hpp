// The end of an index build on the server: by dropping exactly the indexes that the server marks as
// unfinished, so that one which was there before is never dropped.
#pragma once

#include "app/ports/stop_signal.hpp"
#include "target/build_request.hpp"
#include "target/connection.hpp"

namespace mim::target {

// Blocking; for one thread. Borrows what it is made from.
class BuildEnd {
  public:
    BuildEnd(const Place& place, const BuildRequest& request, const app::StopSignal& signal)
        : place_(place), request_(request), signal_(signal) {}

    enum class Dropped { no, yes };
    // One dropIndexes that names all of them at once, as MongoDB wants it. lease_lost instead, when the lease
    // has ended: whoever took over may have joined the build.
    [[nodiscard]] Result<Dropped> drop_unfinished(Deadline deadline);
    // The names of the request's indexes that are being built; none where there is no such collection.
    // target_outcome_unknown when nobody can tell: then nothing may be dropped, and nothing be called ended.
    [[nodiscard]] Result<std::vector<std::string>> unfinished(Deadline deadline);

  private:
    Result<std::vector<std::string>> unfinished(drivers::mongoc::Client& client, Deadline deadline);

    const Place& place_;
    const BuildRequest& request_;
    const app::StopSignal& signal_;
};

// As Target::end_builds.
[[nodiscard]] Done end_builds(BuildEnd end, Deadline deadline);

}  // namespace mim::target
