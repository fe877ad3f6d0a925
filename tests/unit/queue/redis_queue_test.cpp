// What only a queue on Redis has to bear: a server that restarts, forgets, hangs or cuts the connection.
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "queue/feeder.hpp"
#include "queue/redis/redis_values.hpp"
#include "queue/redis/scripts.hpp"
#include "queue/worker_pool.hpp"
#include "unit/queue/redis_world.hpp"

namespace mim::queue {
namespace {

using contract::at;
using contract::outcome;
using std::chrono::milliseconds;
constexpr milliseconds lease_time{10'000};
constexpr milliseconds far_too_long{600'000};

app::Lease lease_of(app::JobQueue& queue, const std::string& worker = "w1") {
    return queue.lease(worker, lease_time).value().value();
}

TEST(RedisQueue, ARestartKeepsJobsAndLeases) {
    redis::RedisServer server;
    RedisWorld world(server);
    const auto first = world.submitted("one"), second = world.submitted("two");
    const auto lease = lease_of(world.queue());
    EXPECT_EQ(lease.sync, first);
    server.end(SIGKILL);
    EXPECT_EQ(outcome(world.queue().extend(lease, lease_time)), "not_ready");
    server.start();
    EXPECT_EQ(outcome(world.queue().extend(lease, lease_time)), "ok");
    EXPECT_EQ(lease_of(world.queue(), "w2").sync, second);
    EXPECT_FALSE(world.queue().lease("w3", lease_time).value());
    EXPECT_EQ(outcome(world.queue().complete(lease)), "ok");
}

TEST(RedisQueue, AllDataLostLosesNoJob) {
    RedisWorld world;
    const auto running = world.submitted("running"), waiting = world.submitted("waiting");
    const auto old = lease_of(world.queue());
    ASSERT_EQ(outcome(world.progress().claim(running, old.fence, at(2))), "ok");
    world.command({"FLUSHALL"});

    const auto feed = store::create_sqlite_job_feed(world.connections());
    const auto active = feed->waiting(10);
    ASSERT_EQ(outcome(active), "ok");
    EXPECT_EQ(*active, (std::vector{running, waiting}));
    ASSERT_EQ(outcome(world.queue().offer(*active)), "ok");
    EXPECT_EQ(outcome(world.queue().extend(old, lease_time)), "lease_lost");

    std::set<SyncId> leased;
    for (int i = 0; i < 2; ++i) {
        const auto lease = lease_of(world.queue(), "new");
        EXPECT_GT(lease.fence, old.fence);
        EXPECT_EQ(outcome(world.progress().claim(lease.sync, lease.fence, at(3))), "ok");
        leased.insert(lease.sync);
    }
    EXPECT_EQ(leased, (std::set{running, waiting}));
    EXPECT_EQ(outcome(world.progress().signal(running, old.fence)), "lease_lost");
}

TEST(RedisQueue, AFenceNeverStandsStillWhenAllDataIsLost) {
    RedisWorld world;
    const auto sync = world.submitted("shop");
    app::Fence before = 0;
    for (int i = 0; i < 5; ++i) {
        const auto lease = lease_of(world.queue());  // never claimed: the store has seen none of them
        EXPECT_GT(lease.fence, before);
        before = lease.fence;
        world.command({"FLUSHALL"});
        ASSERT_EQ(outcome(world.queue().offer({sync})), "ok");
    }
}

TEST(RedisQueue, AJobWhoseSyncHasEndedIsDropped) {
    RedisWorld world;
    const auto ended = world.submitted("ended"), removed = SyncId::generate(),
               alive = world.submitted("alive");
    ASSERT_EQ(outcome(world.progress().claim(ended, 1, at(2))), "ok");
    ASSERT_EQ(outcome(world.progress().finish(ended, 1, app::SyncStatus::completed, "", at(3))), "ok");
    ASSERT_EQ(outcome(world.queue().offer({removed})), "ok");
    EXPECT_EQ(lease_of(world.queue()).sync, alive);
    EXPECT_FALSE(world.queue().lease("w2", lease_time).value());
    EXPECT_EQ(world.queue().figures()->waiting, 0);
}

// As when an answer was lost and the call is sent once more.
TEST(RedisQueue, ACallSentTwiceCountsOnce) {
    RedisWorld world;
    world.submitted("one");
    world.submitted("two");
    ScriptRunner scripts({.address = world.server().address()});
    const ScriptCall ask{scripts::lease, {"w1", "10000", "0", "call-1"}};
    const auto first = scripts.run(ask), second = scripts.run(ask);
    ASSERT_EQ(first->list.size(), 4U);
    ASSERT_EQ(second->list.size(), 4U);
    for (std::size_t at = 0; at < 2; ++at) EXPECT_EQ(first->list[at].text, second->list[at].text);
    EXPECT_EQ(second->list[2].integer, 1);
    EXPECT_EQ(second->list[3].integer, 0);
    EXPECT_EQ(world.queue().figures()->leased, 1);

    const app::Lease lease{*SyncId::parse(first->list[0].text), std::stoll(first->list[1].text), 1, "w1"};
    ScriptCall back{scripts::hand_back, holder(lease)};
    for (const char* more : {"0", "-1", "call-2"}) back.arguments.emplace_back(more);
    EXPECT_EQ(scripts.run(back)->integer, 1);
    EXPECT_EQ(scripts.run(back)->integer, 1);
    EXPECT_EQ(world.queue().figures()->waiting, 2);

    const auto again = lease_of(world.queue());
    EXPECT_EQ(again.attempt, 1);
    ScriptCall end{scripts::complete, holder(again)};
    end.arguments.emplace_back("1");
    EXPECT_EQ(scripts.run(end)->integer, 1);
    EXPECT_EQ(scripts.run(end)->integer, 1);
    end.arguments.back() = "0";
    EXPECT_EQ(scripts.run(end)->kind, redis::Reply::Kind::nothing);
}

TEST(RedisQueue, ACutConnectionIsMadeAgain) {
    RedisWorld world;
    world.submitted("shop");
    const auto lease = lease_of(world.queue());
    world.command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    EXPECT_EQ(outcome(world.queue().hand_back(lease, milliseconds{0})), "ok");
    world.command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    const auto again = lease_of(world.queue());
    EXPECT_EQ(again.attempt, 1);
    world.command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
    EXPECT_EQ(outcome(world.queue().complete(again)), "ok");
}

TEST(RedisQueue, WithoutRedisItSaysSoAndShowsNoPassword) {
    store::SqliteWorld world;
    const HeldPort port;
    redis::Address nowhere{.host = "127.0.0.1", .port = port.number(), .password = Secret("hunter2")};
    const auto queue = create_redis_queue(
        std::make_shared<ScriptRunner>(redis::ClientSettings{.address = nowhere}), world.syncs());
    const auto lease = queue->lease("w1", lease_time);
    ASSERT_EQ(outcome(lease), "not_ready");
    EXPECT_EQ(lease.error().message.find("hunter"), std::string::npos);
    EXPECT_EQ(outcome(queue->figures()), "not_ready");
    EXPECT_EQ(outcome(queue->offer({SyncId::generate()})), "not_ready");
}

TEST(RedisQueue, ASyncIsStoredWhenTheQueueIsAwayAndFedWhenItIsBack) {
    redis::RedisServer server;
    RedisWorld world(server);
    server.end(SIGKILL);
    const auto sync = world.submitted("shop");
    server.start();
    const auto feed = store::create_sqlite_job_feed(world.connections());
    const Feeder feeder({*feed, world.queue(), silent_logger()}, milliseconds{5});
    world.queue().wait(far_too_long);
    EXPECT_EQ(lease_of(world.queue()).sync, sync);
}

TEST(RedisQueue, AWaiterHearsASubmitOfAnotherProcess) {
    RedisWorld world;
    const auto other = world.another_queue();
    std::thread waiter([&] { other->wait(far_too_long); });
    const auto sync = world.submitted("shop");
    waiter.join();
    EXPECT_EQ(lease_of(*other).sync, sync);
}

TEST(RedisQueue, NoMoreLeasesThanAllowedInAll) {
    RedisWorld world;
    world.submitted("one");
    world.submitted("two");
    world.submitted("three");
    const auto first = world.another_queue({.most_leases = 2}),
               second = world.another_queue({.most_leases = 2});
    const auto lease = lease_of(*first);
    ASSERT_TRUE(second->lease("w2", lease_time).value());
    EXPECT_FALSE(first->lease("w1", lease_time).value());
    EXPECT_FALSE(second->lease("w2", lease_time).value());
    ASSERT_EQ(outcome(first->complete(lease)), "ok");
    EXPECT_TRUE(second->lease("w2", lease_time).value());
}

// Many workers on queues of their own, leases that end all the time, a server that cuts its clients: every
// job is run to its end by exactly one of them.
TEST(RedisQueue, NoJobIsEverTwoWorkersJobAtATime) {
    RedisWorld world;
    constexpr int jobs = 60;
    for (int i = 0; i < jobs; ++i) world.submitted("db" + std::to_string(i));
    std::mutex mutex;
    std::condition_variable changed;
    std::multiset<std::string> ended;
    std::set<std::string> running;
    int doubled = 0;
    const auto run = [&](const app::Lease& lease, const app::StopSignal&) {
        {
            const std::lock_guard guard(mutex);
            doubled += running.insert(lease.sync.text()).second ? 0 : 1;
        }
        const bool claimed = outcome(world.progress().claim(lease.sync, lease.fence, at(2))) == "ok";
        const bool goes_wrong = lease.attempt == 1 && lease.sync.text().back() % 3 == 0;
        {
            const std::lock_guard guard(mutex);
            running.erase(lease.sync.text());
        }
        if (goes_wrong) return app::RunOutcome::retry_later;
        const auto done =
            world.progress().finish(lease.sync, lease.fence, app::SyncStatus::completed, "", at(3));
        const std::lock_guard guard(mutex);
        if (claimed && done) ended.insert(lease.sync.text());
        changed.notify_all();
        return app::RunOutcome::finished;
    };
    WorkerOptions options;
    options.workers = 3;
    options.first_retry_delay = milliseconds{2};
    options.longest_wait = milliseconds{20};
    const auto one = world.another_queue(), two = world.another_queue();
    options.name = "one";
    WorkerPool first({*one, system_clock(), silent_logger()}, options, run);
    options.name = "two";
    WorkerPool second({*two, system_clock(), silent_logger()}, options, run);
    std::unique_lock guard(mutex);
    bool all = false;
    for (int cut = 0; cut < 6'000 && !all; ++cut) {
        all = changed.wait_for(guard, milliseconds{10}, [&] { return ended.size() == jobs; });
        guard.unlock();
        world.command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        guard.lock();
    }
    guard.unlock();
    EXPECT_EQ(first.stop(far_too_long), 0);
    EXPECT_EQ(second.stop(far_too_long), 0);
    EXPECT_TRUE(all);
    EXPECT_EQ(std::set(ended.begin(), ended.end()).size(), static_cast<std::size_t>(jobs));
    EXPECT_EQ(ended.size(), static_cast<std::size_t>(jobs));
    EXPECT_EQ(doubled, 0);
}

}  // namespace
}  // namespace mim::queue
