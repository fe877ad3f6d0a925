// Event streams, and how the server stops with and without them.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "unit/http/world.hpp"

namespace mim::http {
namespace {

using std::chrono::milliseconds;

ServerSettings quick() {
    ServerSettings settings;
    settings.event_interval = milliseconds{5};
    settings.event_keep_alive = milliseconds{20};
    return settings;
}

std::string follow(World& world, RawClient& client, const std::string& sync) {
    client.send("GET /api/v1/indexes/sync-status/" + sync + "/events HTTP/1.1\r\nHost: x\r\n" +
                world.bearer() + "\r\n");
    return client.read_until("\r\n\r\n");
}

TEST(ServerEvents, tell_the_present_state_each_change_and_the_end) {
    World world(quick());
    const std::string sync = world.start_sync(world.create_database("shop"));
    const SyncId id = *SyncId::parse(sync);
    RawClient client = world.connect();
    const std::string head = follow(world, client, sync);
    EXPECT_NE(head.find("HTTP/1.1 200 OK"), std::string::npos);
    EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_NE(head.find("X-Request-Id: "), std::string::npos);
    EXPECT_NE(client.read_until("\n\n").find("event: status\ndata: {\"id\":\"" + sync), std::string::npos);
    EXPECT_NE(client.read_until("\n\n").find(": keep-alive"), std::string::npos);

    ASSERT_TRUE(world.store.progress().claim(id, 1, world.clock.now()));
    EXPECT_NE(client.read_until("\"status\":\"running\"").find("event: status"), std::string::npos);
    ASSERT_TRUE(world.store.progress().finish(id, 1, app::SyncStatus::completed, "", world.clock.now()));
    const std::string rest = client.read_to_end();
    EXPECT_NE(rest.find("event: end\ndata: {\"id\":\"" + sync), std::string::npos) << rest;
    EXPECT_NE(rest.find("\"status\":\"completed\""), std::string::npos);
    EXPECT_TRUE(rest.ends_with("0\r\n\r\n"));
    EXPECT_EQ(world.log.lines_with("route=/indexes/sync-status/:sync_id/events status=200").size(), 1U);
}

TEST(ServerEvents, of_a_finished_sync_are_its_end_alone) {
    World world(quick());
    const std::string sync = world.start_sync(world.create_database("shop"));
    ASSERT_TRUE(world.use_cases.syncs.cancel(*SyncId::parse(sync)));
    RawClient client = world.connect();
    follow(world, client, sync);
    const std::string all = client.read_to_end();
    EXPECT_EQ(all.find("event: status"), std::string::npos);
    EXPECT_NE(all.find("event: end\ndata: {"), std::string::npos);
}

TEST(ServerEvents, of_an_unknown_sync_are_an_ordinary_404) {
    World world(quick());
    EXPECT_EQ(world.call("GET", "/indexes/sync-status/65a1f0c2e4b0a1b2c3d4e5f6/events").status, 404U);
}

TEST(ServerEvents, end_with_the_error_when_they_cannot_go_on) {
    World world(quick());
    const std::string sync = world.start_sync(world.create_database("shop"));
    RawClient client = world.connect();
    follow(world, client, sync);
    client.read_until("\n\n");
    world.store.faults().fail_all("syncs.get", Error{ErrorCode::store_failed, "gone"});
    const std::string rest = client.read_to_end();
    EXPECT_NE(rest.find("event: end\ndata: {\"status_code\":500"), std::string::npos) << rest;
}

// What is no std::exception, the source does not know how to tell.
TEST(ServerEvents, end_with_their_connection_alone_at_what_their_source_throws) {
    struct Unforeseen {};
    std::atomic<bool> broken{false};
    World world(quick());
    world.store.faults().on_call = [&](const std::string& call) {
        if (broken && call.starts_with("syncs.get")) throw Unforeseen();
    };
    const std::string sync = world.start_sync(world.create_database("shop"));
    RawClient client = world.connect();
    follow(world, client, sync);
    client.read_until("\n\n");
    broken = true;
    EXPECT_EQ(client.read_to_end().find("event: end"), std::string::npos);
    world.log.wait_for_line("http.session_failed");
    EXPECT_EQ(world.log.lines_with("http.session_failed").size(), 1U);
    EXPECT_EQ(world.observer.streams, 0U);
    broken = false;
    EXPECT_EQ(world.call("GET", "/indexes/sync-status/" + sync).status, 200U);
}

TEST(ServerEvents, are_bounded_in_number) {
    ServerSettings settings = quick();
    settings.max_event_streams = 1;
    World world(settings);
    const std::string sync = world.start_sync(world.create_database("shop"));
    RawClient first = world.connect(), second = world.connect();
    EXPECT_NE(follow(world, first, sync).find(" 200 "), std::string::npos);
    EXPECT_NE(follow(world, second, sync).find(" 503 "), std::string::npos);
}

TEST(ServerEvents, for_an_old_client_end_with_the_connection) {
    World world(quick());
    const std::string sync = world.start_sync(world.create_database("shop"));
    ASSERT_TRUE(world.use_cases.syncs.cancel(*SyncId::parse(sync)));
    RawClient client = world.connect();
    client.send("GET /api/v1/indexes/sync-status/" + sync + "/events HTTP/1.0\r\n" + world.bearer() + "\r\n");
    const std::string head = client.read_until("\r\n\r\n");
    EXPECT_EQ(head.find("chunked"), std::string::npos);
    EXPECT_TRUE(client.read_to_end().starts_with("event: end\n"));
}

TEST(ServerStop, closes_idle_connections_and_ends_streams) {
    World world(quick());
    const std::string sync = world.start_sync(world.create_database("shop"));
    RawClient idle = world.connect(), stream = world.connect();
    EXPECT_EQ(idle.exchange("GET", "/healthz")->status, 200U);
    follow(world, stream, sync);
    stream.read_until("\n\n");
    world.server->stop(std::chrono::seconds{10});
    EXPECT_TRUE(idle.is_closed());
    const std::string rest = stream.read_to_end();
    EXPECT_EQ(rest.find("event: end"), std::string::npos);
    EXPECT_TRUE(rest.ends_with("0\r\n\r\n")) << rest;
    EXPECT_EQ(world.observer.connections, 0U);
    EXPECT_EQ(world.observer.streams, 0U);
    EXPECT_THROW(static_cast<void>(world.connect()), std::runtime_error);
}

TEST(ServerStop, lets_a_running_request_finish) {
    World world;
    Gate gate;
    world.store.faults().on_call = [&](const std::string& call) {
        if (call == "databases.list") gate.pass();
    };
    RawClient client = world.connect();
    client.send("POST /api/v1/databases/list HTTP/1.1\r\nHost: x\r\n" + world.bearer() + "\r\n");
    gate.wait_for_arrivals(1);
    std::thread stopping([&] { world.server->stop(std::chrono::seconds{10}); });
    gate.open();
    const auto answer = client.read_response();
    stopping.join();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200U);
}

TEST(ServerStop, after_the_grace_waits_only_for_what_still_blocks) {
    World world;
    Gate gate;
    world.store.faults().on_call = [&](const std::string& call) {
        if (call == "databases.list") gate.pass();
    };
    RawClient client = world.connect();
    client.send("POST /api/v1/databases/list HTTP/1.1\r\nHost: x\r\n" + world.bearer() + "\r\n");
    gate.wait_for_arrivals(1);
    std::thread stopping([&] { world.server->stop(milliseconds{0}); });
    EXPECT_TRUE(client.is_closed());
    gate.open();
    stopping.join();
    EXPECT_EQ(world.observer.connections, 0U);
}

}  // namespace
}  // namespace mim::http
