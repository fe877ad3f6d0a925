// The hop to the work pool and back, as the coroutine sees it that waits.
#include "http/net/offload.hpp"

#include <functional>
#include <new>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

namespace mim::http {
namespace {

class Doing final : public Work {
  public:
    explicit Doing(std::function<void()> action) : action_(std::move(action)) {}
    void run() override { action_(); }

  private:
    std::function<void()> action_;
};

enum class Thrown { nothing, no_memory };

struct Outcome {
    std::optional<Hop> hop;
    Thrown thrown = Thrown::nothing;
};

boost::asio::awaitable<void> wait_for(WorkPool& pool, boost::asio::io_context& home, Work& work,
                                      Outcome& outcome) {
    try {
        outcome.hop = co_await offload(pool, home, work);
    } catch (const std::bad_alloc&) {
        outcome.thrown = Thrown::no_memory;
    }
}

class Offload : public testing::Test {
  protected:
    Outcome outcome_of(std::function<void()> action) {
        Doing work(std::move(action));
        Outcome outcome;
        boost::asio::co_spawn(home, wait_for(pool, home, work, outcome), boost::asio::detached);
        home.restart();
        home.run();
        return outcome;
    }
    boost::asio::io_context home;  // outlives the thread that comes back to it
    WorkPool pool{1, 10};
};

TEST_F(Offload, tells_when_the_work_is_done_or_refused) {
    int runs = 0;
    EXPECT_EQ(outcome_of([&] { ++runs; }).hop, Hop::done);
    pool.stop();
    EXPECT_EQ(outcome_of([&] { ++runs; }).hop, Hop::refused);
    EXPECT_EQ(runs, 1);
}

TEST_F(Offload, throws_what_the_work_threw_and_the_pool_lives_on) {
    const Outcome failed = outcome_of([] { throw std::bad_alloc(); });
    EXPECT_EQ(failed.thrown, Thrown::no_memory);
    EXPECT_EQ(failed.hop, std::nullopt);
    EXPECT_EQ(outcome_of([] {}).hop, Hop::done);
}

}  // namespace
}  // namespace mim::http
