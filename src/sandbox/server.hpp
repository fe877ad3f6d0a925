// An in-memory server that speaks MongoDB's wire protocol, on a thread of its own. See the room's README for
// what it knows. All functions may be called from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "base/result.hpp"
#include "sandbox/settings.hpp"

namespace mim::sandbox {

class Server {
  public:
    // Listens when it returns. `invalid_input` when the host is no address or the port is taken; the logger
    // must outlive the server. With a seed, as `load_seed` takes it, nobody is listened to before all of it
    // is there.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(const Settings& settings, Logger& logger,
                                                               std::string_view seed = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] const std::string& host() const;
    // Closes every connection and waits for the thread. Idempotent.
    void stop();

    // Extended JSON: {"databases": {"shop": {"orders": {"options": {…}, "indexes": [{…}], "documents": n}}}};
    // see seed.hpp. All or nothing; `invalid_input` names the place. Collections of the same names are
    // replaced.
    [[nodiscard]] Done load_seed(const std::string& json_text);

  private:
    struct Running;
    explicit Server(std::unique_ptr<Running> running);
    std::unique_ptr<Running> running_;
};

}  // namespace mim::sandbox
