// A JobQueue that gives out the leases put into it, and records what becomes of them.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <vector>

#include "app/ports/job_queue.hpp"

namespace mim::queue {

class ScriptedQueue final : public app::JobQueue {
  public:
    using Span = std::chrono::milliseconds;

    void put(int attempt) {
        change([&] { waiting_.push_back({SyncId::generate(), 7, attempt, ""}); });
    }
    // What `extend` and `lease` answer from now on.
    void extensions_answer(std::optional<ErrorCode> code) {
        change([&] { extension_ = code; });
    }
    void leases_answer(std::optional<ErrorCode> code) {
        change([&] { lease_ = code; });
    }
    // The next such call throws.
    enum class Call { lease, extend, complete };
    void throw_once(Call call) {
        change([&] { throws_ = call; });
    }

    Result<std::optional<app::Lease>> lease(const std::string& worker, Span) override {
        const std::lock_guard guard(mutex_);
        ++leases;
        changed_.notify_all();
        throw_if_told(Call::lease);
        if (lease_) return Error(*lease_, "no lease today");
        if (waiting_.empty()) return std::optional<app::Lease>();
        auto lease = waiting_.front();
        waiting_.pop_front();
        lease.worker = worker;
        return std::optional<app::Lease>(lease);
    }
    Done extend(const app::Lease&, Span) override {
        const std::lock_guard guard(mutex_);
        ++extended;
        changed_.notify_all();
        throw_if_told(Call::extend);
        if (extension_) return Error(*extension_, "not extended");
        return {};
    }
    Done complete(const app::Lease&) override {
        change([&] {
            throw_if_told(Call::complete);
            ++completed;
        });
        return {};
    }
    Done hand_back(const app::Lease&, Span delay) override {
        change([&] { handed_back.push_back(delay); });
        return {};
    }
    Done postpone(const app::Lease&, Span delay) override {
        change([&] { postponed.push_back(delay); });
        return {};
    }
    Done offer(const std::vector<SyncId>& syncs) override {
        change([&] { offered.insert(offered.end(), syncs.begin(), syncs.end()); });
        return {};
    }
    void wait(Span at_most) override {
        std::unique_lock guard(mutex_);
        changed_.wait_for(guard, at_most, [&] { return interrupted_ || !waiting_.empty(); });
    }
    void interrupt() override {
        change([&] { interrupted_ = true; });
    }
    Result<app::QueueFigures> figures() override { return app::QueueFigures{}; }

    // Waits until `condition` holds; it is asked after every call. False after a minute.
    bool until(const std::function<bool()>& condition) {
        std::unique_lock guard(mutex_);
        return changed_.wait_for(guard, std::chrono::minutes{1}, condition);
    }
    // For what happens outside the queue: makes `until` ask again.
    void change(const std::function<void()>& what) {
        const std::lock_guard guard(mutex_);
        what();
        changed_.notify_all();
    }

    // Read in `until` or after the workers ended.
    int leases = 0;
    int extended = 0;
    int completed = 0;
    std::vector<Span> handed_back;
    std::vector<Span> postponed;
    std::vector<SyncId> offered;

  private:
    void throw_if_told(Call call) {
        if (throws_ != call) return;
        throws_.reset();
        throw std::bad_alloc();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<app::Lease> waiting_;
    std::optional<ErrorCode> extension_;
    std::optional<ErrorCode> lease_;
    bool interrupted_ = false;
    std::optional<Call> throws_;
};

}  // namespace mim::queue
