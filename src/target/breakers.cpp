#include "target/breakers.hpp"

namespace mim::target {
namespace {

std::string in_seconds(std::chrono::milliseconds span) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(span).count()) + " s";
}

}  // namespace

Error SharedBreaker::kept_back(SteadyTime now) const {
    std::string text = "not tried, because the last " + std::to_string(breaker_.failures()) +
                       (breaker_.failures() == 1 ? " call failed: " : " calls failed, the latest so: ") +
                       cause_;
    const auto left = breaker_.pause_left(now);
    text += left.count() > 0 ? "; it is tried again in " + in_seconds(left)
                             : "; it is being tried again at this moment";
    return {ErrorCode::target_paused, std::move(text)};
}

Result<Breaker::Trial> SharedBreaker::enter() {
    const std::scoped_lock lock(mutex_);
    const SteadyTime now = clock_.steady();
    const Breaker::Entry entry = breaker_.enter(now);
    if (entry.way == Breaker::Way::kept_back) return kept_back(now);
    return entry.trial;
}

bool SharedBreaker::is_current(Breaker::Trial trial) const {
    const std::scoped_lock lock(mutex_);
    return breaker_.is_current(trial);
}

void SharedBreaker::settle(Call call, const Error* error, Breaker::Trial trial) {
    const std::scoped_lock lock(mutex_);
    const SteadyTime now = clock_.steady();
    switch (verdict_on(call, error)) {
        case Verdict::works:
            if (breaker_.state(now) != Breaker::State::closed) logger_.info("target.back");
            return breaker_.succeeded();
        case Verdict::greeted:
            return breaker_.greeted(now);
        case Verdict::failed:
            cause_ = error->message;
            if (!breaker_.failed(now, trial)) return;
            ++times_opened_;
            logger_.warning("target.paused", {{"failures", breaker_.failures()},
                                              {"milliseconds", breaker_.pause_left(now).count()},
                                              {"cause", cause_}});
            return;
        case Verdict::unknown:
            return;
    }
}

void SharedBreaker::leave(Breaker::Trial trial) {
    const std::scoped_lock lock(mutex_);
    breaker_.leave(trial);
}

Breaker::State SharedBreaker::state() const {
    const std::scoped_lock lock(mutex_);
    return breaker_.state(clock_.steady());
}

std::int64_t SharedBreaker::times_opened() const {
    const std::scoped_lock lock(mutex_);
    return times_opened_;
}

std::shared_ptr<SharedBreaker> Breakers::of(const std::string& deployment) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = breakers_.find(deployment); found != breakers_.end()) return found->second;
    forget_unused();
    return breakers_.emplace(deployment, std::make_shared<SharedBreaker>(settings_, clock_, logger_))
        .first->second;
}

// Only this map holds it; nobody can take another share while we hold the lock.
void Breakers::forget_unused() {
    for (auto at = breakers_.begin(); at != breakers_.end();) {
        const auto current = at++;
        if (current->second.use_count() > 1 || current->second->state() == Breaker::State::open) continue;
        opened_by_forgotten_ += current->second->times_opened();
        breakers_.erase(current);
    }
}

void Breakers::count(app::TargetFigures& figures) {
    const std::scoped_lock lock(mutex_);
    figures.breakers_opened = opened_by_forgotten_;
    for (const auto& [deployment, breaker] : breakers_) {
        figures.breakers_opened += breaker->times_opened();
        switch (breaker->state()) {
            case Breaker::State::closed:
                ++figures.breakers_closed;
                break;
            case Breaker::State::open:
                ++figures.breakers_open;
                break;
            case Breaker::State::half_open:
                ++figures.breakers_half_open;
                break;
        }
    }
}

}  // namespace mim::target
