// How a port's call is measured: told to an observer, and made a span of the transaction its thread works
// for. Thread-safe.
#pragma once

#include <optional>
#include <utility>

#include "base/result.hpp"
#include "trace/transaction.hpp"

namespace mim::observe {

// What the call was: whom it asked for what.
struct CallName {
    trace::System system;
    std::string_view name;  // a literal: "databases.get"
};

class CallObserver {
  public:
    virtual ~CallObserver() = default;
    // Must not block, must not throw.
    virtual void on_call(const CallName& call, trace::Outcome outcome, std::chrono::microseconds took) = 0;
};

class Calls {
  public:
    // `observer` must outlive it.
    explicit Calls(CallObserver& observer) : observer_(observer) {}

    // `call()` gives a Result.
    template <class Call>
    [[nodiscard]] auto measure(const CallName& name, Call&& call) const {
        return measure(name, std::nullopt, std::forward<Call>(call));
    }
    // `link`: to what this call leads to later.
    template <class Call>
    [[nodiscard]] auto measure(const CallName& name, const std::optional<trace::Link>& link,
                               Call&& call) const {
        Timer timer(observer_, name, link);
        auto result = std::forward<Call>(call)();
        timer.end(result ? std::nullopt : std::optional(result.error().code));
        return result;
    }

  private:
    class Timer {
      public:
        Timer(CallObserver& observer, const CallName& name, const std::optional<trace::Link>& link);
        void end(std::optional<ErrorCode> error);

      private:
        CallObserver& observer_;
        const CallName name_;
        const SteadyTime began_ = std::chrono::steady_clock::now();
        std::optional<trace::Transaction::Span> span_;
    };

    CallObserver& observer_;
};

}  // namespace mim::observe
