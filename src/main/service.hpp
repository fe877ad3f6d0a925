// Everything behind the HTTP server, built once and wired together: stores, queue, targets, use-cases,
// workers.
#pragma once

#include <memory>

#include "base/log.hpp"
#include "http/api.hpp"
#include "identity/key_files.hpp"
#include "main/settings.hpp"

namespace mim::main {

enum class WorkersLeft { none, some };
enum class ConnectionsLeft { none, some };

class Service {
  public:
    // Opens the store (and makes it at first start). `log` must outlive the service. store_failed with one
    // line.
    [[nodiscard]] static Result<std::unique_ptr<Service>> create(const ServeSettings& settings,
                                                                 const identity::KeyPair& keys, Logger& log);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // Refers into this service.
    [[nodiscard]] http::Api api();
    void start_workers();
    // Takes no more jobs, hands back what runs and waits for it up to `grace`. With `some` left the process
    // must end without destroying the service: their jobs are taken over when the leases end.
    [[nodiscard]] WorkersLeft stop_workers(std::chrono::milliseconds grace);

    // Closes the stores, then the connections to targets; these may take a while when a target hangs, and
    // `some` tells that they were left behind after `grace`: the process must then end without more ado.
    [[nodiscard]] static ConnectionsLeft close(std::unique_ptr<Service> service,
                                               std::chrono::milliseconds grace);

  private:
    struct Parts;
    explicit Service(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace mim::main
