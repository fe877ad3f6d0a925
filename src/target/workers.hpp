// Threads for calls that wait on servers. They start when needed and stay. What servers answer may be a lot
// of work: all other threads come first.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <optional>

#include "base/deadline.hpp"
#include "base/result.hpp"

namespace mim::target {

// Thread-safe.
class Workers {
  public:
    using Task = std::function<void()>;
    static constexpr auto as_many_as_needed = std::numeric_limits<std::size_t>::max();

    explicit Workers(std::size_t most_threads, std::chrono::milliseconds shutdown_grace);
    // Drops what is queued and waits for what runs, at most the grace. A thread that still hangs on a silent
    // server is left behind: tasks therefore own all that they touch.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // Queues the task; first come, first served. A task tells its own failures: what it throws is lost.
    void run(Task task);

  private:
    struct State;
    static void work(const std::shared_ptr<State>& state);
    std::shared_ptr<State> state_;
    std::size_t most_threads_;
    std::chrono::milliseconds shutdown_grace_;
};

// Hands out 0, 1 … count - 1, each once. Thread-safe.
class Numbers {
  public:
    explicit Numbers(std::size_t count) : count_(count) {}
    [[nodiscard]] std::optional<std::size_t> next() {
        const std::size_t number = next_.fetch_add(1, std::memory_order_relaxed);
        return number < count_ ? std::optional(number) : std::nullopt;
    }
    void stop() { next_.store(count_, std::memory_order_relaxed); }

  private:
    std::atomic<std::size_t> next_{0};
    std::size_t count_;
};

enum class Waited { all_done, deadline_passed };

// Runs `runner` `width` times at once; each takes numbers until there are none. Blocks until all runners
// returned or the deadline passed; runners may then still be running and get no more numbers, so `runner`
// owns all that it touches. internal, with its text, when a runner threw: the others get no more numbers.
[[nodiscard]] Result<Waited> run_concurrently(Workers& workers, std::size_t count, std::size_t width,
                                              Deadline deadline, const std::function<void(Numbers&)>& runner);

}  // namespace mim::target
