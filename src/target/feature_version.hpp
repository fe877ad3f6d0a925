// Asks a server for its feature compatibility version.
#pragma once

#include "index/definition/server_version.hpp"
#include "target/connection.hpp"

namespace mim::target {

// None where there is none, as on a mongos, or the server does not tell: who is refused asks again after a
// while only, as a server may keep a log of refusals. Blocking; errors as of mongoc::Client, but no lasting
// refusal.
[[nodiscard]] Result<std::optional<index::ServerVersion>> ask_feature_version(Connection& connection,
                                                                              const ServerFacts& facts,
                                                                              mongoc::Client& client,
                                                                              Deadline deadline);

// In the answer to getParameter: a document with the version, or the bare version as before 3.6.
[[nodiscard]] std::optional<index::ServerVersion> feature_version_in(bson::DocumentView reply);

}  // namespace mim::target
