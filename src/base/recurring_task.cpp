#include "base/recurring_task.hpp"

#include <utility>

#include "base/contained.hpp"

namespace mim {
namespace {

void take_turn(const std::function<void()>& task) {
    static_cast<void>(contained([&task]() -> Done {
        task();
        return {};
    }));
}

}  // namespace

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
    if (first_ == First::at_once) take_turn(task_);
    while (!ended_within_pause()) take_turn(task_);
}

bool RecurringTask::ended_within_pause() {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, pause_, [this] { return over_; });
}

}  // namespace mim
