// The breaker of each deployment, shared by all databases on it. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/ports/target.hpp"
#include "base/log.hpp"
#include "target/breaker.hpp"
#include "target/call.hpp"

namespace mim::target {

// A breaker and the failure that opened it.
class SharedBreaker {
  public:
    SharedBreaker(const BreakerSettings& settings, const Clock& clock, Logger& logger)
        : breaker_(settings), clock_(clock), logger_(logger) {}

    // The number of the trial when this call is to try for all, 0 when it simply may pass; else
    // target_paused with the cause.
    [[nodiscard]] Result<Breaker::Trial> enter();
    [[nodiscard]] bool is_current(Breaker::Trial trial) const;
    // What the call brought; `error` null = a success.
    void settle(Call call, const Error* error, Breaker::Trial trial);
    void leave(Breaker::Trial trial);

    [[nodiscard]] Breaker::State state() const;
    [[nodiscard]] std::int64_t times_opened() const;

  private:
    [[nodiscard]] Error kept_back(SteadyTime now) const;

    mutable std::mutex mutex_;
    Breaker breaker_;
    std::string cause_;  // of the latest failure
    std::int64_t times_opened_ = 0;
    const Clock& clock_;
    Logger& logger_;
};

class Breakers {
  public:
    Breakers(const BreakerSettings& settings, const Clock& clock, Logger& logger)
        : settings_(settings), clock_(clock), logger_(logger) {}

    // `deployment` as Uri::deployment tells it. Those that nobody holds and that keep nobody
    // back are forgotten.
    [[nodiscard]] std::shared_ptr<SharedBreaker> of(const std::string& deployment);
    // Their numbers into `figures`.
    void count(app::TargetFigures& figures);

  private:
    void forget_unused();

    const BreakerSettings settings_;
    const Clock& clock_;
    Logger& logger_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<SharedBreaker>> breakers_;
    std::int64_t opened_by_forgotten_ = 0;
};

}  // namespace mim::target
