// Jobs on a pool: each runs once or is refused once, and one that blocks never keeps another from a free
// thread.
#include "http/net/work_pool.hpp"

#include <atomic>
#include <functional>
#include <latch>

#include <gtest/gtest.h>

namespace mim::http {
namespace {

class Action final : public Job {
  public:
    Action(std::function<void()> action, std::atomic<int>& refusals)
        : action_(std::move(action)), refusals_(refusals) {}
    void run() noexcept override { action_(); }
    void refuse() noexcept override { ++refusals_; }

  private:
    std::function<void()> action_;
    std::atomic<int>& refusals_;
};

struct PoolOf {
    std::atomic<int> refusals{0};
    WorkPool pool;

    PoolOf(std::size_t threads, std::size_t queue_limit) : pool(threads, queue_limit) {}
    void submit(std::function<void()> action) {
        pool.submit(std::make_unique<Action>(std::move(action), refusals));
    }
};

TEST(WorkPool, gives_every_blocking_job_a_thread) {
    constexpr int threads = 8;
    PoolOf world(threads, 100);
    std::latch all_run_at_once(threads);
    for (int count = 0; count < threads; ++count) {
        world.submit([&] { all_run_at_once.arrive_and_wait(); });
    }
    all_run_at_once.wait();
    world.pool.stop();
    EXPECT_EQ(world.refusals, 0);
}

TEST(WorkPool, wakes_a_thread_for_what_comes_behind_a_blocking_job) {
    PoolOf world(4, 100);
    for (int round = 0; round < 100; ++round) {
        std::latch released(1);
        std::latch second_ran(1);
        std::latch both_done(2);
        world.submit([&] {
            released.wait();
            both_done.count_down();
        });
        world.submit([&] {
            second_ran.count_down();
            both_done.count_down();
        });
        second_ran.wait();
        released.count_down();
        both_done.wait();
    }
}

TEST(WorkPool, runs_many_quick_jobs_once_each) {
    constexpr int jobs = 20'000;
    PoolOf world(16, jobs);
    std::latch done(jobs);
    std::atomic<int> runs{0};
    for (int count = 0; count < jobs; ++count) {
        world.submit([&] {
            ++runs;
            done.count_down();
        });
    }
    done.wait();
    EXPECT_EQ(runs, jobs);
    EXPECT_EQ(world.refusals, 0);
}

TEST(WorkPool, refuses_what_finds_the_queue_full_or_the_pool_stopped) {
    PoolOf world(1, 1);
    std::latch running(1);
    std::latch released(1);
    world.submit([&] {
        running.count_down();
        released.wait();
    });
    running.wait();
    world.submit([] {});
    EXPECT_EQ(world.refusals, 0);
    world.submit([] {});
    EXPECT_EQ(world.refusals, 1);
    std::thread stopper([&] { world.pool.stop(); });
    while (world.refusals < 2) std::this_thread::yield();
    released.count_down();
    stopper.join();
    world.submit([] {});
    EXPECT_EQ(world.refusals, 3);
}

}  // namespace
}  // namespace mim::http
