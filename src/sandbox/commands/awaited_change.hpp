// What a client that knows the state of a server asks of hello: to answer when that state has changed, or
// after so long. Clients watch a server so; who answers at once is asked again at once, for ever. Source:
// mongo src/mongo/db/repl/hello.idl and replication_info.cpp; the refusals were measured on 5.0.
#pragma once

#include <chrono>

#include "sandbox/instance.hpp"
#include "sandbox/request.hpp"

namespace mim::sandbox::commands {

// How long this hello waits, as the sandbox never changes; 0 for one that does not ask for it, or knows
// another server.
[[nodiscard]] Answer<std::chrono::milliseconds> time_to_await_a_change(const Instance& instance,
                                                                       const Request& request);

}  // namespace mim::sandbox::commands
