// Looking at a deployment and our database in it without leaving a change.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "store/mongodb/mongodb_store.hpp"

namespace mim::store {

struct DeploymentState {
    std::string server_version;
    std::int64_t version = 0;  // of our schema; 0 = no mim has used it yet
    // The server's clock against ours; none when it does not tell. Known to half of the time the question
    // took.
    std::optional<std::chrono::milliseconds> clock_ahead;
    std::chrono::milliseconds clock_doubt{0};
    Done writable;      // as it answered a write that matches nothing
    Done transactions;  // as it answered one that was given up; none is tried where nothing can be written
};

// The newest version that this binary knows.
[[nodiscard]] std::int64_t known_mongodb_version();
// Errors as of open_mongodb.
[[nodiscard]] Result<DeploymentState> inspect_mongodb(const MongoDeployment& deployment, const Clock& clock);

}  // namespace mim::store
