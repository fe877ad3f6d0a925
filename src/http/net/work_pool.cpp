#include "http/net/work_pool.hpp"

#include <algorithm>
#include <utility>

#include "base/thread_priority.hpp"

namespace mim::http {
namespace {

// After so many ticks with nothing queued the overseer sleeps too.
constexpr unsigned quiet_ticks = 50;

}  // namespace

WorkPool::WorkPool(std::size_t threads, std::size_t queue_limit, PoolPriority priority)
    : queue_limit_(queue_limit),
      priority_(priority),
      awake_at_least_(std::max(1U, std::thread::hardware_concurrency() / 2)),
      awake_(threads) {
    threads_.reserve(threads);
    for (std::size_t count = 0; count < threads; ++count) threads_.emplace_back([this] { work(); });
    overseer_thread_ = std::thread([this] { oversee(); });
}

WorkPool::~WorkPool() {
    stop();
}

void WorkPool::wake(std::size_t count) {
    count = std::min(count, threads_.size() - awake_);
    awake_ += count;
    permits_ += count;
    for (; count > 0; --count) permitted_.notify_one();
}

void WorkPool::submit(std::unique_ptr<Job> job) {
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_ && queue_.size() < queue_limit_) {
            queue_.push_back(std::move(job));
            ++submitted_;
            if (awake_ < awake_at_least_) wake(1);
            if (overseer_ == Overseer::asleep) {
                overseer_ = Overseer::ticking;
                roused_.notify_one();
            }
        }
    }
    if (job) job->refuse();
}

std::unique_ptr<Job> WorkPool::next() {
    std::unique_lock lock(mutex_);
    while (queue_.empty()) {
        if (stopping_) return nullptr;
        --awake_;
        permitted_.wait(lock, [this] { return stopping_ || permits_ > 0; });
        if (stopping_) return nullptr;
        --permits_;
    }
    std::unique_ptr<Job> job = std::move(queue_.front());
    queue_.pop_front();
    ++taken_;
    return job;
}

void WorkPool::work() {
    if (priority_ == PoolPriority::low) lower_priority(Yielding::to_ordinary);
    if (priority_ == PoolPriority::lowest) lower_priority(Yielding::to_all);
    while (const std::unique_ptr<Job> job = next()) job->run();
}

std::size_t WorkPool::overdue() {
    const std::uint64_t due = std::exchange(submitted_by_tick_, submitted_);
    return due > taken_ ? static_cast<std::size_t>(due - taken_) : 0;
}

void WorkPool::oversee() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        roused_.wait(lock, [this] { return stopping_ || overseer_ == Overseer::ticking; });
        for (unsigned quiet = 0; quiet < quiet_ticks && !stopping_; quiet = queue_.empty() ? quiet + 1 : 0) {
            roused_.wait_for(lock, tick, [this] { return stopping_; });
            wake(overdue());
        }
        overseer_ = Overseer::asleep;
    }
}

void WorkPool::stop() {
    std::deque<std::unique_ptr<Job>> refused;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        refused.swap(queue_);
    }
    permitted_.notify_all();
    roused_.notify_all();
    for (const auto& job : refused) job->refuse();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
    if (overseer_thread_.joinable()) overseer_thread_.join();
}

}  // namespace mim::http
