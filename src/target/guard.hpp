// One user's way to a deployment, through its breaker. Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "target/breakers.hpp"
#include "target/call_counts.hpp"
#include "target/call_shares.hpp"

namespace mim::target {

class Guard {
  public:
    // `share` is held as long as this lives. `ended` is called after each call.
    Guard(std::shared_ptr<SharedBreaker> breaker, std::shared_ptr<CallCounts> counts, CallShares::Share share,
          std::function<void()> ended)
        : breaker_(std::move(breaker)),
          counts_(std::move(counts)),
          share_(std::move(share)),
          ended_(std::move(ended)) {}
    ~Guard() { breaker_->leave(trial_); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    // Counts a refusal, which is target_paused. Whoever was let in as the one that tries stays so for its
    // next calls, until one of them tells how the target is, or the guard goes.
    [[nodiscard]] Done admit(Call call);
    [[nodiscard]] bool is_trial() const { return breaker_->is_current(trial_); }

    // `act` when the call is admitted; its outcome is counted and told to the breaker.
    template <class Act>
    [[nodiscard]] auto pass(Call call, const Act& act) -> decltype(act()) {
        if (Done admitted = admit(call); !admitted) return std::move(admitted).error();
        return force(call, act);
    }
    // The same whatever the breaker says.
    template <class Act>
    [[nodiscard]] auto force(Call call, const Act& act) -> decltype(act()) {
        auto outcome = act();
        if (outcome) {
            settle(call, nullptr);
        } else {
            const Error error = outcome.error();
            settle(call, &error);
        }
        return outcome;
    }

  private:
    void settle(Call call, const Error* error);

    const std::shared_ptr<SharedBreaker> breaker_;
    const std::shared_ptr<CallCounts> counts_;
    const CallShares::Share share_;
    const std::function<void()> ended_;
    std::atomic<Breaker::Trial> trial_{0};
};

}  // namespace mim::target
