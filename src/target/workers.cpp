#include "target/workers.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/contained.hpp"
#include "base/thread_priority.hpp"

namespace mim::target {

struct Workers::State {
    std::mutex mutex;
    std::condition_variable work_came;
    std::condition_variable thread_left;
    std::deque<Task> queue;
    std::size_t threads = 0;
    std::size_t idle = 0;
    bool closing = false;
};

Workers::Workers(std::size_t most_threads, std::chrono::milliseconds shutdown_grace)
    : state_(std::make_shared<State>()), most_threads_(most_threads), shutdown_grace_(shutdown_grace) {}

Workers::~Workers() {
    std::unique_lock lock(state_->mutex);
    state_->closing = true;
    std::deque<Task> dropped;
    dropped.swap(state_->queue);
    state_->work_came.notify_all();
    state_->thread_left.wait_for(lock, shutdown_grace_, [this] { return state_->threads == 0; });
    lock.unlock();
}

void Workers::run(Task task) {
    const std::scoped_lock lock(state_->mutex);
    state_->queue.push_back(std::move(task));
    if (state_->idle < state_->queue.size() && state_->threads < most_threads_) {
        std::thread(&Workers::work, state_).detach();
        ++state_->threads;
    }
    state_->work_came.notify_one();
}

void Workers::work(const std::shared_ptr<State>& state) {
    lower_priority(Yielding::to_all);
    std::unique_lock lock(state->mutex);
    for (;;) {
        ++state->idle;
        state->work_came.wait(lock, [&] { return state->closing || !state->queue.empty(); });
        --state->idle;
        if (state->closing) break;
        Task task = std::move(state->queue.front());
        state->queue.pop_front();
        lock.unlock();
        // A task tells its failures to whoever waits for it; what still leaves it has nobody to be told to.
        static_cast<void>(contained([&]() -> Done {
            task();
            return {};
        }));
        task = nullptr;  // what it owned ends outside the lock
        lock.lock();
    }
    --state->threads;
    state->thread_left.notify_all();
}

namespace {

struct Gathering {
    explicit Gathering(std::size_t count, std::size_t width) : numbers(count), running(width) {}
    Numbers numbers;
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t running;
    std::optional<Error> failure;  // of the first runner that threw
};

}  // namespace

Result<Waited> run_concurrently(Workers& workers, std::size_t count, std::size_t width, Deadline deadline,
                                const std::function<void(Numbers&)>& runner) {
    const auto gathering = std::make_shared<Gathering>(count, width);
    for (std::size_t i = 0; i < width; ++i) {
        workers.run([gathering, runner] {
            const auto done = contained([&]() -> Done {
                runner(gathering->numbers);
                return {};
            });
            if (!done) gathering->numbers.stop();
            const std::scoped_lock lock(gathering->mutex);
            if (!done && !gathering->failure) gathering->failure = done.error();
            --gathering->running;
            gathering->changed.notify_one();
        });
    }
    std::unique_lock lock(gathering->mutex);
    const bool done =
        gathering->changed.wait_until(lock, deadline.when(), [&] { return gathering->running == 0; });
    if (gathering->failure) return *gathering->failure;
    if (done) return Waited::all_done;
    gathering->numbers.stop();
    return Waited::deadline_passed;
}

}  // namespace mim::target
