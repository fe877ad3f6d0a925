#include "queue/lease_keeper.hpp"

#include <algorithm>

#include "base/contained.hpp"
#include "queue/events.hpp"

namespace mim::queue {
namespace {

constexpr int extensions_a_lease = 3;
// After a failed extension the next try comes sooner, so that a short outage does not cost the lease.
constexpr int tries_a_lease = 12;
constexpr std::chrono::milliseconds after_what_was_thrown{100};

}  // namespace

LeaseKeeper::LeaseKeeper(Ports ports, std::chrono::milliseconds lease_time)
    : ports_(ports), lease_time_(lease_time), thread_([this] { watch(); }) {}

LeaseKeeper::~LeaseKeeper() {
    {
        const std::lock_guard guard(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void LeaseKeeper::keep(std::shared_ptr<RunningJob> job, SteadyTime leased_at) {
    job->hold_until(leased_at + lease_time_);
    {
        const std::lock_guard guard(mutex_);
        kept_.push_back(
            {std::move(job), leased_at + lease_time_ / extensions_a_lease, leased_at + lease_time_});
    }
    changed_.notify_all();
}

void LeaseKeeper::forget(const RunningJob& job) {
    const std::lock_guard guard(mutex_);
    std::erase_if(kept_, [&](const Kept& kept) { return kept.job.get() == &job; });
}

void LeaseKeeper::watch() {
    std::unique_lock guard(mutex_);
    while (!ending_) {
        if (kept_.empty()) {
            changed_.wait(guard);
            continue;
        }
        const auto earliest =
            std::min_element(kept_.begin(), kept_.end(),
                             [](const Kept& left, const Kept& right) { return left.next < right.next; });
        const auto left = earliest->next - ports_.clock.steady();
        if (left > SteadyTime::duration::zero()) {
            changed_.wait_for(guard, left);
            continue;
        }
        guard.unlock();
        const auto extended = contained([this]() -> Done {
            extend_due();
            return {};
        });
        guard.lock();
        // No memory, say: all is due as before.
        if (!extended) changed_.wait_for(guard, after_what_was_thrown);
    }
}

std::vector<LeaseKeeper::Kept> LeaseKeeper::due(SteadyTime now) {
    const std::lock_guard guard(mutex_);
    std::vector<Kept> found;
    std::copy_if(kept_.begin(), kept_.end(), std::back_inserter(found),
                 [&](const Kept& kept) { return kept.next <= now; });
    return found;
}

void LeaseKeeper::extend_due() {
    const std::lock_guard one_round(extending_);
    for (const auto& kept : due(ports_.clock.steady())) extend(kept);
}

void LeaseKeeper::extend(const Kept& kept) {
    const auto& lease = kept.job->lease();
    const auto before = ports_.clock.steady();
    const auto done = ports_.queue.extend(lease, lease_time_);
    if (done) {
        kept.job->hold_until(before + lease_time_);
        return postpone(*kept.job, before + lease_time_ / extensions_a_lease, before + lease_time_);
    }
    const bool lost = done.error().code == ErrorCode::lease_lost || ports_.clock.steady() >= kept.ends;
    if (!lost) return postpone(*kept.job, before + lease_time_ / tries_a_lease, kept.ends);
    kept.job->lose();
    forget(*kept.job);
    ports_.log.warning(
        events::lease_not_kept,
        {{"sync", lease.sync.text()}, {"worker", lease.worker}, {"cause", to_string(done.error().code)}});
}

void LeaseKeeper::postpone(const RunningJob& job, SteadyTime next, SteadyTime ends) {
    const std::lock_guard guard(mutex_);
    for (auto& kept : kept_) {  // forgotten meanwhile: nothing to do
        if (kept.job.get() != &job) continue;
        kept.next = next;
        kept.ends = ends;
    }
}

}  // namespace mim::queue
