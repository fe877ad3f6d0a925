#include "http/net/work_pool.hpp"

#include <utility>

namespace mim::http {

WorkPool::WorkPool(std::size_t threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
    threads_.reserve(threads);
    for (std::size_t count = 0; count < threads; ++count) threads_.emplace_back([this] { work(); });
}

WorkPool::~WorkPool() {
    stop();
}

void WorkPool::submit(std::unique_ptr<Job> job) {
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_ && queue_.size() < queue_limit_) queue_.push_back(std::move(job));
    }
    if (job) {
        job->refuse();
    } else {
        changed_.notify_one();
    }
}

std::unique_ptr<Job> WorkPool::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return nullptr;
    std::unique_ptr<Job> job = std::move(queue_.front());
    queue_.pop_front();
    return job;
}

void WorkPool::work() {
    while (const std::unique_ptr<Job> job = next()) job->run();
}

void WorkPool::stop() {
    std::deque<std::unique_ptr<Job>> refused;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        refused.swap(queue_);
    }
    changed_.notify_all();
    for (const auto& job : refused) job->refuse();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace mim::http
