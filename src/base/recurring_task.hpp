// What is done again and again beside everything else, on a thread of its own that starts and ends with the
// object. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace mim {

class RecurringTask {
  public:
    enum class First { at_once, after_a_pause };

    // `pause`: from the end of one turn to the beginning of the next. What the task throws ends that turn
    // alone. What it uses must outlive this.
    RecurringTask(std::chrono::milliseconds pause, First first, std::function<void()> task);
    ~RecurringTask();  // waits for a turn that has begun
    RecurringTask(const RecurringTask&) = delete;
    RecurringTask& operator=(const RecurringTask&) = delete;

  private:
    void work();
    [[nodiscard]] bool ended_within_pause();

    const std::chrono::milliseconds pause_;
    const First first_;
    const std::function<void()> task_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool over_ = false;
    std::thread thread_;  // after what it uses
};

}  // namespace mim
