// What the server stands on: the use-cases, and the few things that only the composition root knows. All of
// it is borrowed and must outlive the server; all of it is called from many threads at once.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/dead_letters.hpp"
#include "app/use_cases.hpp"
#include "trace/tracer.hpp"

namespace mim::http {

// One line of `GET /readyz`. Blocking is fine; an error means down, its code is shown, its text is logged.
struct ReadinessCheck {
    std::string name;  // "store"
    std::function<Done()> check;
};

// Told of everything worth counting. Called on I/O threads: must not block, must not throw.
class ServerObserver {
  public:
    virtual ~ServerObserver() = default;
    // `route` is the pattern ("/databases/:id"), or "-" when there was none: a small, fixed set of words.
    virtual void on_request(std::string_view method, std::string_view route, unsigned status,
                            std::chrono::microseconds took) = 0;
    virtual void on_connections(std::size_t open) = 0;
    virtual void on_event_streams(std::size_t open) = 0;
    // A request or a connection was turned away; `reason` is one of a small, fixed set of words.
    virtual void on_rejected(std::string_view reason) { static_cast<void>(reason); }
};

struct Api {
    app::UseCases& use_cases;
    std::vector<ReadinessCheck> readiness{};
    std::function<std::string()> metrics{};      // the whole Prometheus page; empty function = an empty page
    ServerObserver* observer = nullptr;          // none = nobody counts
    app::DeadLetters* dead_letters = nullptr;    // none = their routes answer not_ready
    const trace::Tracer* tracer = nullptr;       // none = nothing is traced
    std::string public_keys = R"({"keys":[]})";  // that verify tokens, as a JSON Web Key Set
};

}  // namespace mim::http
