// Which calls were made, and which of them are to fail. Thread-safe.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace mim::fakes {

// Whether a failing call did its work before the answer was lost.
enum class Effect { none, done };

struct Fault {
    Error error;
    Effect effect = Effect::none;
};

class Faults {
  public:
    // The `number`-th call from now on (from 1), whatever it is; or of those whose text begins with `prefix`.
    void fail_call(int number, Fault fault, std::string prefix = {}) {
        const std::scoped_lock lock(mutex_);
        planned_.push_back({std::move(prefix), number, std::move(fault)});
    }
    // Every call that begins with `prefix`, until `heal`.
    void fail_all(std::string prefix, Error error) {
        const std::scoped_lock lock(mutex_);
        planned_.push_back({std::move(prefix), 0, {std::move(error)}});
    }
    void heal() {
        const std::scoped_lock lock(mutex_);
        planned_.clear();
    }
    // Called at the begin of every call, before it fails or works. Must not replace itself.
    std::function<void(const std::string& call)> on_call;

    [[nodiscard]] std::optional<Fault> enter(const std::string& call) {
        if (on_call) on_call(call);
        const std::scoped_lock lock(mutex_);
        calls_.push_back(call);
        std::optional<Fault> fault;
        for (Planned& planned : planned_) {
            if (!call.starts_with(planned.prefix) || planned.in == spent) continue;
            const bool now = planned.in == 0 || planned.in == 1;
            if (planned.in > 0 && --planned.in == 0) planned.in = spent;
            if (now && !fault) fault = planned.fault;
        }
        return fault;
    }
    [[nodiscard]] std::vector<std::string> calls() const {
        const std::scoped_lock lock(mutex_);
        return calls_;
    }
    void forget_calls() {
        const std::scoped_lock lock(mutex_);
        calls_.clear();
    }

  private:
    static constexpr int spent = -1;
    struct Planned {
        std::string prefix;
        int in;  // 0 = always
        Fault fault;
    };
    mutable std::mutex mutex_;
    std::vector<Planned> planned_;
    std::vector<std::string> calls_;
};

}  // namespace mim::fakes
