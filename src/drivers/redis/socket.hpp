// A connected TCP socket that never blocks beyond a deadline. Not thread-safe. Errors: not_ready, and
// cancelled when the alarm rang while waiting.
#pragma once

#include <string>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "drivers/redis/alarm.hpp"

namespace mim::redis {

class Socket {
  public:
    // Tries every address that the name has. Looking the name up is the system's and has its own limits.
    [[nodiscard]] static Result<Socket> connect(const std::string& host, std::uint16_t port,
                                                Deadline deadline);
    ~Socket();
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&&) = delete;
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    enum class For { reading, writing };
    [[nodiscard]] Done wait(For what, Deadline deadline, const Alarm* alarm) const;
    // Nothing has arrived and nobody hung up: what an idle connection should look like.
    [[nodiscard]] bool quiet() const;
    [[nodiscard]] int descriptor() const { return descriptor_; }  // non-blocking

  private:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

[[nodiscard]] Error connection_lost();

}  // namespace mim::redis
