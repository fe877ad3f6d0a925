// With which feature compatibility versions a server can run.
#pragma once

#include "index/definition/server_version.hpp"

namespace mim::sandbox {

// Its own, that of the major release before it, and whatever was released between the two.
[[nodiscard]] bool can_run_with(index::ServerVersion server, index::ServerVersion feature_version);
// For people: "'4.4' or '5.0'".
[[nodiscard]] std::string usual_feature_versions(index::ServerVersion server);

}  // namespace mim::sandbox
