// The use-cases over an engine, wired together for the HTTP server in front of them.
#pragma once

#include <memory>

#include "http/api.hpp"
#include "identity/key_files.hpp"
#include "main/engine.hpp"

namespace mim::main {

class Service {
  public:
    Service(std::unique_ptr<Engine> engine, const identity::KeyRing& keys,
            const app::RegistrationRules& registration);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    [[nodiscard]] Engine& engine();
    // Refers into this service.
    [[nodiscard]] http::Api api();
    // As of Engine.
    [[nodiscard]] static ConnectionsLeft close(std::unique_ptr<Service> service,
                                               std::chrono::milliseconds grace);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace mim::main
