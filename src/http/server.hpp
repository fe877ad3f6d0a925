// The HTTP server: listens, speaks HTTP/1.1, answers by routes.cpp. Plain functions outside, coroutines
// inside.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "base/log.hpp"
#include "base/result.hpp"
#include "http/api.hpp"
#include "http/limits/request_limits.hpp"
#include "http/server_settings.hpp"

namespace mim::http {

class Server {
  public:
    // Listens when it returns. `api` is copied, what it refers to and `log` are borrowed. An error is one
    // line that names the address: in use, not allowed, not this machine's.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(const ServerSettings& settings, const Api& api,
                                                               Logger& log);
    ~Server();  // stops without grace
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    // Reads the certificate and the key again; connections that are open keep what they have. On an error,
    // which names the file and the reason, nothing changes. Does nothing without TLS. Blocking; thread-safe.
    [[nodiscard]] Done reload_certificate();
    // Blocking: stops accepting, closes idle connections, ends event streams, lets running requests finish
    // within `grace`, then closes what is left. A use-case that still blocks is waited for: its own deadline
    // ends it. The second call does nothing. Not for an I/O or work thread.
    void stop(std::chrono::milliseconds grace);

  private:
    class State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace mim::http
