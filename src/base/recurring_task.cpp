#include "base/recurring_task.hpp"

#include <utility>

namespace mim {

RecurringTask::RecurringTask(std::chrono::milliseconds pause, First first, std::function<void()> task)
    : pause_(pause), first_(first), task_(std::move(task)), thread_([this] { work(); }) {}

RecurringTask::~RecurringTask() {
    {
        const std::scoped_lock lock(mutex_);
        over_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

void RecurringTask::work() {
    if (first_ == First::at_once) task_();
    while (!ended_within_pause()) task_();
}

bool RecurringTask::ended_within_pause() {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, pause_, [this] { return over_; });
}

}  // namespace mim
