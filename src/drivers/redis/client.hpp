// Commands to one Redis server over as many connections as callers at once. Connects when needed, forgets a
// connection after any failure. Thread-safe; each call blocks up to the settings' spans.
#pragma once

#include <mutex>
#include <vector>

#include "drivers/redis/connection.hpp"

namespace mim::redis {

struct ClientSettings {
    Address address;
    std::chrono::milliseconds connect_span{5'000};  // with signing in
    std::chrono::milliseconds command_span{5'000};
    std::size_t most_idle = 32;  // connections kept for later
};

class Client {
  public:
    explicit Client(ClientSettings settings) : settings_(std::move(settings)) {}

    // Errors as of Connection::open and Connection::run. After one it is not known whether Redis has done it.
    [[nodiscard]] Result<Reply> run(const std::vector<std::string>& arguments);
    // For commands that wait at the server for `span`. cancelled when the alarm rang.
    [[nodiscard]] Result<Reply> run_waiting(const std::vector<std::string>& arguments,
                                            std::chrono::milliseconds span, const Alarm& alarm);

  private:
    [[nodiscard]] Result<std::unique_ptr<Connection>> take();
    void keep(std::unique_ptr<Connection> connection);
    [[nodiscard]] Result<Reply> run(const std::vector<std::string>& arguments, std::chrono::milliseconds span,
                                    const Alarm* alarm);

    const ClientSettings settings_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace mim::redis
