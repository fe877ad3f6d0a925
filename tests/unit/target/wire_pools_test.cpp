// Which pools stay open. A pool's connections are seen in the kernel's own list.
#include <fstream>
#include <sstream>
#include <thread>

#include "bson/builder.hpp"
#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

class FixedClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return Timestamp{}; }
    [[nodiscard]] SteadyTime steady() const override { return SteadyTime(milliseconds(time)); }
    std::atomic<milliseconds::rep> time{1'000'000};  // the targets look at it from a thread of their own
};

// Established connections of this process' network namespace to `port`, client side.
int connections_to(std::uint16_t port) {
    std::ifstream table("/proc/self/net/tcp");
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), "%04X", port);
    std::string line;
    int count = 0;
    while (std::getline(table, line)) {
        // "  0: LOCAL:PORT REMOTE:PORT STATE …", all in hexadecimal; 01 is established.
        std::istringstream fields(line);
        std::string row, local, remote, state;
        fields >> row >> local >> remote >> state;
        if (remote.ends_with(std::string(":") + hex.data()) && state == "01") ++count;
    }
    return count;
}

class WirePools : public Wire {
  protected:
    WirePools() {
        for (auto& each : servers) each = sandbox::Server::start({}, silent_logger()).value();
    }
    [[nodiscard]] app::Database at(std::size_t number) const {
        app::Database out = known[number];
        out.uri = Secret("mongodb://127.0.0.1:" + std::to_string(servers[number]->port()));
        out.db_name = "t";
        return out;
    }
    void use(app::Targets& subject, std::size_t number) {
        ASSERT_TRUE(subject.open(at(number)).value()->probe(soon()));
    }
    [[nodiscard]] bool connected(std::size_t number) const {
        return connections_to(servers[number]->port()) > 0;
    }

    std::array<std::unique_ptr<sandbox::Server>, 3> servers;
    std::array<app::Database, 3> known;
    FixedClock clock;
};

TEST_F(WirePools, TheLeastRecentlyUsedIsClosed) {
    TargetSettings settings = ordinary();
    settings.most_targets = 2;
    const auto subject = create_targets(settings, logger, clock);
    use(*subject, 0);
    clock.time += 1;
    use(*subject, 1);
    clock.time += 1;
    use(*subject, 0);
    EXPECT_TRUE(connected(0) && connected(1));
    clock.time += 1;
    use(*subject, 2);
    EXPECT_TRUE(connected(0));
    EXPECT_FALSE(connected(1));
    EXPECT_TRUE(connected(2));
    use(*subject, 1);
}

TEST_F(WirePools, IdleOnesAreClosedBeforeTheNextUseOfAnother) {
    const auto subject = create_targets(ordinary(), logger, clock);
    use(*subject, 0);
    const auto held = subject->open(at(1)).value();
    ASSERT_TRUE(held->probe(soon()));
    clock.time += ordinary().close_idle_after.count();
    use(*subject, 2);
    EXPECT_FALSE(connected(0));
    EXPECT_TRUE(connected(1)) << "somebody still holds it";
}

TEST_F(WirePools, IdleOnesAreClosedThoughNobodyComes) {
    TargetSettings settings = ordinary();
    settings.look_for_idle_every = milliseconds(1);
    const auto subject = create_targets(settings, logger, clock);
    use(*subject, 0);
    EXPECT_TRUE(connected(0));
    EXPECT_EQ(subject->figures().pools_idle, 1U);
    clock.time += settings.close_idle_after.count();
    const Deadline until = soon();
    while (connected(0) && !until.passed()) std::this_thread::yield();
    EXPECT_FALSE(connected(0));
    EXPECT_EQ(subject->figures().pools_idle, 0U);
}

TEST_F(WirePools, FiguresTellWhatIsInUse) {
    const auto subject = create_targets(ordinary(), logger, clock);
    auto held = subject->open(at(0)).value();
    ASSERT_TRUE(held->probe(soon()));
    use(*subject, 1);
    EXPECT_EQ(subject->figures().pools_in_use, 1U);
    EXPECT_EQ(subject->figures().pools_idle, 1U);
    EXPECT_EQ(subject->figures().clients_leased, 0U);
    held.reset();
    EXPECT_EQ(subject->figures().pools_idle, 2U);
}

TEST_F(WirePools, ForgettingClosesAtOnceWhenNobodyUsesIt) {
    const auto subject = create_targets(ordinary(), logger, clock);
    use(*subject, 0);
    subject->forget(at(0).id);
    EXPECT_FALSE(connected(0));
    auto held = subject->open(at(1)).value();
    ASSERT_TRUE(held->probe(soon()));
    subject->forget(at(1).id);
    EXPECT_TRUE(held->probe(soon())) << "a user keeps what it holds";
    held.reset();
    EXPECT_FALSE(connected(1));
}

// libmongoc says goodbye with `endSessions` and would wait for the answer.
TEST_F(WirePools, ASilentServerDoesNotHoldUpItsClosing) {
    const auto subject = create_targets(ordinary(), logger, clock);
    const app::Database silent = database(uri());
    ASSERT_TRUE(subject->open(silent).value()->read({}, soon()));
    fail_always(R"({"failCommands": ["endSessions"], "blockConnection": true, "blockTimeMS": 5000})");
    const auto started = std::chrono::steady_clock::now();
    subject->forget(silent.id);
    EXPECT_LT(std::chrono::steady_clock::now() - started, milliseconds(3'000));
}

TEST_F(WirePools, AnotherConnectionStringIsAnotherPool) {
    const auto subject = create_targets(ordinary(), logger, clock);
    use(*subject, 0);
    app::Database moved = at(0);
    moved.uri = at(1).uri;
    ASSERT_TRUE(subject->open(moved).value()->probe(soon()));
    EXPECT_FALSE(connected(0));
    EXPECT_TRUE(connected(1));
}

TEST_F(WirePools, DatabasesOfOneConnectionStringShareTheirConnections) {
    const auto subject = create_targets(ordinary(), logger, clock);
    use(*subject, 0);
    app::Database neighbour = known[1];
    neighbour.uri = at(0).uri;
    neighbour.db_name = "u";
    ASSERT_TRUE(subject->open(neighbour).value()->probe(soon()));
    EXPECT_EQ(connections_to(servers[0]->port()), 1);
    EXPECT_EQ(subject->figures().pools_idle, 1U);
    subject->forget(at(0).id);
    EXPECT_TRUE(connected(0)) << "the other still uses it";
    subject->forget(neighbour.id);
    EXPECT_FALSE(connected(0));
}

// Reached through any name or tunnel, a server is known by what it says when it greets.
TEST_F(WirePools, TheDatabaseOfTheServiceItselfIsNoTarget) {
    const auto met = std::make_shared<mongoc::KnownServers>();
    mongoc::PoolSettings of_the_store;
    of_the_store.learns = met;
    const auto store = mongoc::Pool::open(mongoc::Uri::parse(at(0).uri).value(), of_the_store).value();
    const mongoc::Command ping{"admin", bson::Builder().add("ping", 1).take()};
    ASSERT_TRUE(store.lease(soon()).value().run(ping, soon()));

    TargetSettings settings = ordinary();
    settings.own = std::make_shared<const mongoc::OwnDatabase>(mongoc::OwnDatabase{"t", met});
    const auto subject = create_targets(settings, logger, clock);
    const auto own = subject->open(at(0)).value();
    EXPECT_EQ(own->read({}, soon()).error().code, ErrorCode::target_not_allowed);
    EXPECT_EQ(own->drop_index("c", "a_1", soon()).error().code, ErrorCode::target_not_allowed);
    app::Database neighbour = at(0);
    neighbour.db_name = "u";
    EXPECT_TRUE(subject->open(neighbour).value()->read({}, soon())) << "another database of the same server";
    EXPECT_TRUE(subject->open(at(1)).value()->read({}, soon())) << "the same name on another server";
}

TEST_F(WirePools, OptionsThatWouldWeakenUsAreOverridden) {
    // Slow enough that nobody could read as many collections by turns on one connection before others are
    // made.
    sandbox::Settings slow;
    slow.latency = milliseconds{10};
    servers[0] = sandbox::Server::start(slow, silent_logger()).value();
    app::Database greedy = at(0);
    greedy.uri = Secret(greedy.uri.reveal() +
                        "/?socketTimeoutMS=1&maxPoolSize=1&connectTimeoutMS=1&serverSelectionTimeoutMS=1&"
                        "appname=evil&minPoolSize=9");
    (void)command(R"({"ping": 1})");
    // Time series are listed one by one, many at once.
    std::string collections = R"({"databases": {"t": {)";
    for (int i = 0; i < 40; ++i)
        collections += (i == 0 ? "\"c" : ", \"c") + std::to_string(i) +
                       R"(": {"options": {"timeseries": {"timeField": "t"}}})";
    ASSERT_TRUE(servers[0]->load_seed(collections + "}}}"));
    const auto read = targets->open(greedy).value()->read({}, soon());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->size(), 40U);
    EXPECT_GT(connections_to(servers[0]->port()), 3) << "more than one client and its monitor";
}

TEST_F(WirePools, WhatCannotBeOpenedIsNamed) {
    app::Database bad = at(0);
    bad.uri = Secret("mongodb://u:s3cret:x@h/");
    EXPECT_EQ(targets->open(bad).error().fields.at(0).path, "uri");
    EXPECT_EQ(targets->check_uri(bad.uri).error().fields.at(0).path, "uri");
    EXPECT_TRUE(targets->check_uri(at(0).uri));
    app::Database nameless = at(0);
    for (const std::string& name : {std::string(), std::string("a.b"), std::string("a$b"),
                                    std::string("a\0b", 3), std::string(64, 'x')}) {
        nameless.db_name = name;
        EXPECT_EQ(targets->open(nameless).error().fields.at(0).path, "db_name");
        EXPECT_EQ(targets->open_collections(nameless).error().fields.at(0).path, "db_name");
    }
}

TEST_F(WirePools, WhatMongoDbKeepsForItselfIsNotOpened) {
    for (const char* name : {"admin", "config", "local"}) {
        app::Database kept = at(0);
        kept.db_name = name;
        EXPECT_EQ(targets->open(kept).error().code, ErrorCode::target_not_allowed) << name;
        EXPECT_EQ(targets->open_collections(kept).error().code, ErrorCode::target_not_allowed) << name;
        EXPECT_EQ(targets->test(kept, soon()).error().code, ErrorCode::target_not_allowed) << name;
    }
}

}  // namespace
}  // namespace mim::target
