// From a request to its answer. `route` is quick and runs on the I/O thread; `run` blocks and runs on the
// work pool. Thread-safe; neither throws but for want of memory.
#pragma once

#include <optional>
#include <string_view>

#include "http/limits/request_limits.hpp"
#include "http/router.hpp"

namespace mim::http {

struct Ticket {
    const Route* route = nullptr;    // none: no such URL or method
    std::optional<Response> answer;  // set when there is nothing left to do

    [[nodiscard]] std::string_view pattern() const { return route != nullptr ? route->pattern : "-"; }
};

class Dispatcher {
  public:
    // Everything is borrowed.
    Dispatcher(const Router& router, const Context& context, RequestLimits& limits)
        : router_(router), context_(context), limits_(limits) {}

    // The rate of the address, URL, method, media type and the presence of a token; answers what needs no
    // use-case.
    [[nodiscard]] Ticket route(Request& request) const;
    // Proves the token, checks the rate of its user and the right, calls the controller, writes the audit
    // log, turns every error into its answer.
    [[nodiscard]] Response run(const Route& route, Request& request) const;

  private:
    [[nodiscard]] Result<Response> attempt(const Route& route, Request& request) const;
    // As a call that may hold what targets answer; its answer goes on holding it.
    [[nodiscard]] Result<Response> attempt_as_call(const Route& route, Request& request) const;
    [[nodiscard]] Response refusal(const Error& error, const Request& request) const;

    const Router& router_;
    const Context& context_;
    RequestLimits& limits_;
};

}  // namespace mim::http
