// The client against a real redis-server, and against peers that misbehave.
#include "drivers/redis/client.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "unit/drivers/redis/redis_server.hpp"

namespace mim::redis {
namespace {

using std::chrono::milliseconds;

std::string code_of(const Result<Reply>& reply) {
    return reply ? "ok" : std::string(to_string(reply.error().code));
}

TEST(RedisClient, RunsCommandsFromManyThreads) {
    const RedisServer server;
    Client client({.address = server.address()});
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 100; ++n) EXPECT_EQ(code_of(client.run({"INCR", "n"})), "ok");
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(client.run({"GET", "n"})->text, "800");
}

TEST(RedisClient, SignsInAndKeepsToItsDatabase) {
    const RedisServer server(
        {"--user", "worker", "on", ">hunter2", "~*", "&*", "+@all", "--user", "default", "off"});
    auto address = server.address();
    address.user = "worker";
    address.password = Secret("hunter2");
    address.database = 3;
    Client client({.address = address});
    EXPECT_EQ(client.run({"SET", "k", "v"})->text, "OK");
    address.database = 4;
    EXPECT_EQ(Client({.address = address}).run({"GET", "k"})->kind, Reply::Kind::nothing);
    address.password = Secret("hunter3");
    const auto refused = Client({.address = address}).run({"PING"});
    ASSERT_EQ(code_of(refused), "not_ready");
    EXPECT_EQ(refused.error().message.find("hunter"), std::string::npos);
    address.password = Secret("hunter2");
    address.database = 99;
    EXPECT_EQ(code_of(Client({.address = address}).run({"PING"})), "not_ready");
}

TEST(RedisClient, NobodyThere) {
    const HeldPort port;
    Client client({.address = {.host = "127.0.0.1", .port = port.number()}});
    EXPECT_EQ(code_of(client.run({"PING"})), "not_ready");
}

TEST(RedisClient, ASilentServerCostsNoMoreThanTheDeadline) {
    const RedisServer server;
    Client client({.address = server.address(), .command_span = milliseconds{50}});
    server.signal(SIGSTOP);
    EXPECT_EQ(code_of(client.run({"PING"})), "not_ready");
    server.signal(SIGCONT);
}

TEST(RedisClient, ConnectsAgainAfterARestart) {
    RedisServer server;
    Client client({.address = server.address()});
    ASSERT_TRUE(client.run({"SET", "k", "v"}));
    server.end(SIGKILL);
    EXPECT_EQ(code_of(client.run({"GET", "k"})), "not_ready");
    server.start();
    EXPECT_EQ(client.run({"GET", "k"})->text, "v");
}

TEST(RedisClient, AConnectionThatTheServerCutIsNotUsedAgain) {
    const RedisServer server;
    Client client({.address = server.address()}), other({.address = server.address()});
    ASSERT_TRUE(client.run({"PING"}));
    EXPECT_GE(other.run({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"})->integer, 1);
    EXPECT_EQ(code_of(client.run({"PING"})), "ok");
}

TEST(RedisClient, AnAlarmEndsAWaitAtTheServer) {
    const RedisServer server;
    Client client({.address = server.address()});
    Alarm alarm;
    Result<Reply> reply = Error(ErrorCode::internal, "not asked yet");
    std::thread waiter([&] {
        reply = client.run_waiting({"BLPOP", "none", "600"}, milliseconds{600'000}, alarm);
    });
    alarm.ring();
    waiter.join();
    EXPECT_EQ(code_of(reply), "cancelled");
    EXPECT_EQ(client.run({"PING"})->text, "PONG") << "its late answer must not be taken for another's";
}

}  // namespace
}  // namespace mim::redis
