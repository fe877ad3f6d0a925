// What a server says of itself when it is greeted.
#pragma once

#include <string>

#include "base/deadline.hpp"
#include "target/connection.hpp"

namespace mim::target {

// A command without arguments that the server answers from memory, so that it takes no limit of time.
[[nodiscard]] mongoc::Command question_to_server(const char* name);
// The answer to `hello`, or to the name it had before 4.4.2. Blocking; errors as of mongoc::Client.
[[nodiscard]] Result<bson::Document> say_hello(mongoc::Client& client, Deadline deadline);
// Pure.
[[nodiscard]] ServerFacts facts_of(bson::DocumentView hello);
[[nodiscard]] bool is_router(bson::DocumentView hello);

// What the connection knows; asks when it knows nothing yet. A server that refuses to say is taken for a
// standalone that is old.
[[nodiscard]] Result<ServerFacts> facts_about(Connection& connection, mongoc::Client& client,
                                              Deadline deadline);

}  // namespace mim::target
