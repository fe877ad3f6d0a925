// A command for a server, and what is said of it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/deadline.hpp"
#include "bson/document.hpp"
#include "drivers/mongoc/error.hpp"

namespace mim::drivers::mongoc {

// Whether the server is told to give up at the deadline, by `maxTimeMS`.
enum class ServerLimit { deadline, none };

struct Command {
    std::string database;
    bson::Document body;  // its first field is the command's name
    Nature nature = Nature::read;
    ServerLimit limit = ServerLimit::deadline;
    // How long beyond the deadline the server's own answer to it is waited for.
    std::chrono::milliseconds grace{0};
};

[[nodiscard]] std::string_view name_of(const Command& command);
// Valid as long as the command.
[[nodiscard]] Attempt attempt_of(const Command& command, std::chrono::milliseconds elapsed,
                                 std::chrono::milliseconds socket_timeout);
// The body as it is sent.
[[nodiscard]] bson::Document with_limit(const Command& command, Deadline deadline);
[[nodiscard]] Failure too_late(std::string_view what);

}  // namespace mim::drivers::mongoc
