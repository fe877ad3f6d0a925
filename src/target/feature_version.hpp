// Asks a server for its feature compatibility version.
#pragma once

#include "index/definition/server_version.hpp"
#include "target/connection.hpp"

namespace mim::target {

struct FeatureVersionAnswer {
    std::optional<index::ServerVersion> version;  // where `source` is the server or the last look
    app::FeatureVersionSource source;
};

// Who is refused asks again after a while only, as a server may keep a log of refusals. Blocking; errors as
// of mongoc::Client, but of lasting refusals that alone by which a server wants a user.
[[nodiscard]] Result<FeatureVersionAnswer> ask_feature_version(Connection& connection,
                                                               const ServerFacts& facts,
                                                               mongoc::Client& client, Deadline deadline);

// The answer of a server whose binary is of version `binary`, once it is known what was told there last.
[[nodiscard]] FeatureVersionAnswer with_last_look(FeatureVersionAnswer answer,
                                                  const std::optional<index::ServerRelease>& last,
                                                  index::ServerVersion binary);

// In the answer to getParameter: a document with the version, or the bare version as before 3.6.
[[nodiscard]] std::optional<index::ServerVersion> feature_version_in(bson::DocumentView reply);

}  // namespace mim::target
