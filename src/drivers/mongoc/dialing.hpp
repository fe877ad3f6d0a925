// Connecting to whichever address of a host answers first, without waiting for any: the next is tried when
// one fails, or when nothing has been heard for a moment. Belongs to one thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

#include "drivers/mongoc/endpoint.hpp"

namespace mim::drivers::mongoc {

// An open descriptor. Move-only.
class Socket {
  public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(other.release()) {}
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] int release();

  private:
    int descriptor_ = -1;
};

class Dialing {
  public:
    explicit Dialing(std::vector<Endpoint> endpoints) : endpoints_(std::move(endpoints)) {}

    enum class Outcome { pending, connected, failed };
    // Goes on as far as it can at this moment.
    [[nodiscard]] Outcome advance();
    // What to wait for, and until when at most.
    void wants(std::vector<pollfd>& descriptors) const;
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> wakes_at() const;
    // Once connected.
    [[nodiscard]] Socket take() { return std::move(connected_); }
    // Once failed: the last reason.
    [[nodiscard]] const std::string& reason() const { return reason_; }

  private:
    void start_next();
    [[nodiscard]] bool settle(std::size_t at);

    std::vector<Endpoint> endpoints_;
    std::size_t next_ = 0;
    std::chrono::steady_clock::time_point next_start_{};
    std::vector<Socket> open_;
    Socket connected_;
    std::string reason_ = "it has no address";
};

}  // namespace mim::drivers::mongoc
