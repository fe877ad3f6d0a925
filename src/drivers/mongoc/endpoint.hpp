// The addresses behind a host's name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/socket.h>

#include "base/deadline.hpp"
#include "base/result.hpp"

namespace mim::drivers::mongoc {

struct Endpoint {
    sockaddr_storage address{};
    socklen_t length = 0;
    [[nodiscard]] const sockaddr& generic() const { return reinterpret_cast<const sockaddr&>(address); }
};

// Asks the name service, which knows no time limit of ours, on a thread that the deadline leaves behind; an
// address that is written out is asked nobody. Of so many left behind no more are started.
// target_unreachable, target_timeout.
[[nodiscard]] Result<std::vector<Endpoint>> look_up(const std::string& host, std::uint16_t port,
                                                    Deadline deadline);
// invalid_input of a path that is too long.
[[nodiscard]] Result<Endpoint> socket_file(const std::string& path);

}  // namespace mim::drivers::mongoc
