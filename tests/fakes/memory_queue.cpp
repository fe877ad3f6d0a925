#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

class MemoryQueue final : public app::JobQueue {
  public:
    explicit MemoryQueue(MemoryState& state) : state_(state) {}

    Result<std::optional<app::Lease>> lease(const std::string& worker,
                                            std::chrono::milliseconds lease_time) override {
        MIM_FAKE_CALL(state_, "queue.lease");
        MemoryJob* oldest = nullptr;
        for (auto& [id, job] : state_.jobs) {
            if (is_due(job) && (oldest == nullptr || job.order < oldest->order)) oldest = &job;
        }
        if (oldest == nullptr) return std::optional<app::Lease>{};
        oldest->lease.earlier = oldest->leased ? app::Lease::Earlier::vanished : app::Lease::Earlier::settled;
        oldest->leased = true;
        oldest->leased_until = state_.clock.now() + lease_time;
        oldest->span = lease_time;
        oldest->lease.fence =
            std::max(oldest->lease.fence, state_.syncs.at(oldest->lease.sync).sync.fence) + 1;
        ++oldest->lease.attempt;
        oldest->lease.worker = worker;
        return std::optional<app::Lease>(oldest->lease);
    }
    Done extend(const app::Lease& lease, std::chrono::milliseconds lease_time) override {
        MIM_FAKE_CALL(state_, "queue.extend");
        MIM_TRY(job, held(lease));
        job->leased_until = state_.clock.now() + lease_time;
        job->span = lease_time;
        return {};
    }
    Done complete(const app::Lease& lease) override {
        MIM_FAKE_CALL(state_, "queue.complete");
        MIM_CHECK(held(lease));
        state_.jobs.erase(lease.sync);
        return {};
    }
    Done hand_back(const app::Lease& lease, std::chrono::milliseconds delay) override {
        MIM_FAKE_CALL(state_, "queue.hand_back");
        MIM_TRY(job, held(lease));
        job->leased = false;
        job->due = state_.clock.now() + delay;
        job->span = delay;
        if (delay.count() <= 0) --job->lease.attempt;
        state_.job_may_be_due.notify_all();
        return {};
    }
    Done postpone(const app::Lease& lease, std::chrono::milliseconds delay) override {
        MIM_FAKE_CALL(state_, "queue.postpone");
        MIM_TRY(job, held(lease));
        job->leased = false;
        job->due = state_.clock.now() + delay;
        job->span = delay;
        --job->lease.attempt;
        return {};
    }
    void wait(std::chrono::milliseconds at_most) override {
        std::unique_lock lock(state_.mutex);
        const std::uint64_t before = state_.interrupts;
        state_.job_may_be_due.wait_for(lock, at_most,
                                       [&] { return state_.interrupts != before || any_due(); });
    }
    void interrupt() override {
        const std::scoped_lock lock(state_.mutex);
        ++state_.interrupts;
        state_.job_may_be_due.notify_all();
    }
    Result<app::QueueFigures> figures() override {
        MIM_FAKE_CALL(state_, "queue.figures");
        app::QueueFigures figures;
        for (const auto& [id, job] : state_.jobs) {
            if (job.leased && !is_due(job)) {
                ++figures.leased;
                continue;
            }
            ++figures.waiting;
            if (!is_due(job)) ++figures.delayed;
            if (!figures.oldest_waiting || job.due < *figures.oldest_waiting)
                figures.oldest_waiting = job.due;
        }
        return figures;
    }

  private:
    bool is_due(const MemoryJob& job) const {
        const Timestamp now = state_.clock.now();
        const Timestamp end = job.leased ? job.leased_until : job.due;
        return end <= now || end > now + 2 * job.span;
    }
    bool any_due() const {
        for (const auto& [id, job] : state_.jobs) {
            if (is_due(job)) return true;
        }
        return false;
    }
    Result<MemoryJob*> held(const app::Lease& lease) {
        const auto found = state_.jobs.find(lease.sync);
        if (found == state_.jobs.end() || !found->second.leased || found->second.lease.fence != lease.fence) {
            return Error{ErrorCode::lease_lost, "The lease is another's"};
        }
        return &found->second;
    }
    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::JobQueue> create_memory_queue(MemoryState& state) {
    return std::make_unique<MemoryQueue>(state);
}

}  // namespace mim::fakes
