// What the server does with those who ask too much, too slowly or for nothing, over plain sockets.
#include <gtest/gtest.h>

#include "unit/http/world.hpp"

namespace mim::http {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

ServerSettings with_rates(const RequestRates& rates) {
    ServerSettings settings;
    settings.rates = rates;
    return settings;
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int count = 0; count < times; ++count) all += text;
    return all;
}

// Sends until it is refused; a slow machine may earn a token or two meanwhile.
std::optional<RawResponse> refused_at_last(const World& world, std::string_view path,
                                           std::string_view headers = "") {
    RawClient client = world.connect();
    for (int count = 0; count < 50; ++count) {
        auto answer = client.exchange("GET", path, "", headers);
        if (!answer || answer->status == 429) return answer;
    }
    return std::nullopt;
}

TEST(ServerLimits, an_address_that_asks_too_often_waits_and_its_health_check_does_not) {
    World world(with_rates({.address = {1, 3}}));
    RawClient client = world.connect();
    for (int count = 0; count < 3; ++count) EXPECT_EQ(client.exchange("GET", "/nothing")->status, 404U);
    const auto refused = refused_at_last(world, "/nothing");
    ASSERT_TRUE(refused);
    EXPECT_EQ(number_at(refused->body, "/error_code"), 42900);
    EXPECT_EQ(refused->header("retry-after"), "1");
    EXPECT_TRUE(refused_at_last(world, "/api/v1/databases/list"));
    EXPECT_EQ(client.exchange("GET", "/healthz")->status, 200U);
    EXPECT_GE(world.log.lines_with("http.rate_limited").size(), 1U);
    EXPECT_GE(world.observer.rejected("rate_address"), 2);
}

TEST(ServerLimits, logins_have_a_stricter_limit) {
    World world(with_rates({.credentials = {1, 2}}));
    for (int count = 0; count < 2; ++count) EXPECT_EQ(world.call("POST", "/auth/login", "{}").status, 400U);
    for (const char* path : {"/auth/login", "/auth/register", "/auth/refresh-token"}) {
        unsigned status = 0;
        for (int count = 0; count < 50 && status != 429; ++count) status = world.call("POST", path).status;
        EXPECT_EQ(status, 429U) << path;
    }
    EXPECT_EQ(world.call("GET", "/auth/profile").status, 200U);
}

TEST(ServerLimits, a_user_has_a_limit_and_operations_know_no_user) {
    World world(with_rates({.user = {1, 2}}));
    for (int count = 0; count < 2; ++count) EXPECT_EQ(world.call("GET", "/auth/profile").status, 200U);
    const auto refused = refused_at_last(world, "/api/v1/auth/profile", world.bearer());
    ASSERT_TRUE(refused);
    EXPECT_EQ(text_at(refused->body, "/error"), "Too many requests from you: wait a moment");
    for (int count = 0; count < 5; ++count) {
        EXPECT_EQ(world.connect().exchange("GET", "/healthz", "", world.bearer())->status, 200U);
    }
    EXPECT_GE(world.observer.rejected("rate_user"), 1);
}

TEST(ServerLimits, operations_are_not_unbounded_either) {
    World world(with_rates({.operations = {1, 3}}));
    RawClient client = world.connect();
    for (int count = 0; count < 3; ++count) EXPECT_EQ(client.exchange("GET", "/metrics")->status, 200U);
    EXPECT_TRUE(refused_at_last(world, "/healthz"));
}

TEST(ServerLimits, a_pipelined_flood_is_answered_in_order_and_leaves_no_lines) {
    World world(with_rates({.operations = {1, 10}}));
    RawClient client = world.connect();
    client.send(repeated(health, 500));
    int refused = 0;
    for (int count = 0; count < 500; ++count) {
        const unsigned status = client.read_response()->status;
        ASSERT_TRUE(status == 200U || (status == 429U && count >= 10)) << count;
        refused += status == 429U ? 1 : 0;
    }
    EXPECT_GT(refused, 400);
    EXPECT_EQ(world.observer.rejected("rate_operations"), refused);
}

TEST(ServerLimits, nobody_is_told_more_often_than_his_rate_that_he_speaks_badly) {
    World world(with_rates({.address = {1, 2}}));
    int told = 0;
    for (bool answered = true; answered && told < 50; told += answered ? 1 : 0) {
        RawClient client = world.connect();
        client.send("garbage\r\n\r\n");
        answered = client.read_response().has_value();
    }
    EXPECT_GE(told, 2);
    EXPECT_LT(told, 50);
}

TEST(ServerLimits, who_never_reads_is_cut_off) {
    ServerSettings settings;
    settings.write_timeout = milliseconds{50};
    World world(settings);
    RawClient client = world.connect();
    // More than the buffers of both sides of a connection hold.
    client.send(repeated("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n", 400));
    world.observer.wait_for_rejection("write_timeout");
    EXPECT_EQ(world.connect().exchange("GET", "/healthz")->status, 200U);
    EXPECT_LT(client.read_to_end().size(), 400U * 50'000U);
}

TEST(ServerLimits, who_is_too_slow_is_counted) {
    ServerSettings settings;
    settings.header_timeout = milliseconds{500};  // no connection is silent for so long
    settings.body_timeout = milliseconds{50};
    World world(settings);
    RawClient header = world.connect(), body = world.connect();
    header.send("GET /healthz HTTP/1.1\r\nHos");
    body.send("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    EXPECT_TRUE(header.is_closed());
    EXPECT_TRUE(body.is_closed());
    EXPECT_EQ(world.observer.rejected("header_timeout"), 1);
    EXPECT_EQ(world.observer.rejected("body_timeout"), 1);
}

TEST(ServerLimits, one_address_has_so_many_connections) {
    ServerSettings settings;
    settings.max_connections_per_address = 2;
    World world(settings);
    RawClient first = world.connect(), second = world.connect();
    EXPECT_EQ(first.exchange("GET", "/healthz")->status, 200U);
    EXPECT_EQ(second.exchange("GET", "/healthz")->status, 200U);
    RawClient third = world.connect();
    EXPECT_EQ(text_at(third.read_response()->body, "/error"), "Too many connections from your address");
    EXPECT_EQ(first.exchange("GET", "/healthz")->status, 200U);
    EXPECT_EQ(world.observer.rejected("connections_address"), 1);
}

TEST(ServerLimits, large_bodies_share_a_budget) {
    ServerSettings settings;
    settings.max_bodies_bytes = 1'500'000;
    World world(settings);
    const std::string head =
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n";
    RawClient first = world.connect(), second = world.connect(), small = world.connect();
    first.send(head);
    EXPECT_EQ(first.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    second.send(head);
    const auto refused = second.read_response();
    EXPECT_EQ(refused->status, 503U);
    EXPECT_EQ(refused->header("retry-after"), "1");
    EXPECT_EQ(small.exchange("POST", "/api/v1/auth/login", "{}")->status, 400U);
    first.send(std::string(1'000'000, ' '));
    EXPECT_EQ(first.read_response()->status, 400U);
    // The share is free as soon as the next request of the connection is awaited.
    EXPECT_EQ(first.exchange("GET", "/healthz")->status, 200U);
    RawClient third = world.connect();
    third.send(head);
    EXPECT_EQ(third.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST(ServerLimits, a_flood_of_logins_keeps_nobody_else_waiting) {
    ServerSettings settings;
    settings.work_threads = 1;
    settings.password_threads = 1;
    World world(settings);
    Gate gate;
    world.store.faults().on_call = [&](const std::string& call) {
        if (call == "users.find_by_identity") gate.pass();
    };
    RawClient login = world.connect();
    const std::string body = R"({"identity":"ada","password":"correct horse"})";
    login.send(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
    gate.wait_for_arrivals(1);
    EXPECT_EQ(world.call("GET", "/auth/profile").status, 200U);
    gate.open();
    EXPECT_EQ(login.read_response()->status, 200U);
}

TEST(ServerLimits, requests_that_ask_targets_keep_nobody_else_waiting) {
    ServerSettings settings;
    settings.work_threads = 1;
    World world(settings);
    const std::string database = world.create_database("shop");
    Gate gate;
    world.mongo.faults.on_call = [&](const std::string& call) {
        if (call == "probe") gate.pass();
    };
    RawClient comparing = world.connect();
    const std::string body = R"({"collections":["c"],"database_id":")" + database + "\"}";
    comparing.send(
        "POST /api/v1/indexes/compare-by-collections HTTP/1.1\r\nHost: x\r\nContent-Type: "
        "application/json\r\n" +
        world.bearer() + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    gate.wait_for_arrivals(1);
    EXPECT_EQ(world.call("GET", "/databases/" + database).status, 200U);
    gate.open();
    EXPECT_EQ(comparing.read_response()->status, 404U) << "nobody knows the collection";
}

TEST(ServerLimits, a_locked_out_account_learns_when_to_come_back) {
    World world;
    for (const char* name : {"ada", "nobody"}) {
        const auto attempt = [&](const std::string& password) {
            return world.call(
                "POST", "/auth/login",
                R"({"identity":")" + std::string(name) + R"(","password":")" + password + "\"}");
        };
        // The world's own login has made this address known to ada: the pair is counted, with the same rule.
        for (int count = 0; count < 5; ++count) EXPECT_EQ(attempt("wrong horse").status, 400U) << name;
        const RawResponse refused = attempt("correct horse");
        EXPECT_EQ(refused.status, 429U) << name;
        EXPECT_EQ(number_at(refused.body, "/error_code"), 42901);
        EXPECT_EQ(text_at(refused.body, "/error"), "Too many wrong passwords: try again later");
        EXPECT_EQ(refused.header("retry-after"), "1");
    }
    EXPECT_EQ(world.observer.rejected("lockout"), 2);
    world.clock.advance(milliseconds{1'000});
    EXPECT_EQ(world.call("POST", "/auth/login", R"({"identity":"ada","password":"correct horse"})").status,
              200U);
}

TEST(ServerLimits, a_user_has_so_many_event_streams) {
    ServerSettings settings;
    settings.max_event_streams_per_user = 1;
    World world(settings);
    const std::string sync = world.start_sync(world.create_database("shop"));
    ASSERT_FALSE(sync.empty());
    const std::string follow = "GET /api/v1/indexes/sync-status/" + sync + "/events HTTP/1.1\r\nHost: x\r\n" +
                               world.bearer() + "\r\n";
    RawClient first = world.connect();
    first.send(follow);
    EXPECT_EQ(first.read_head()->status, 200U);
    RawClient second = world.connect();
    second.send(follow);
    const auto refused = second.read_response();
    EXPECT_EQ(refused->status, 429U);
    EXPECT_EQ(refused->header("retry-after"), "5");
}

TEST(ServerLimits, public_keys_are_served_as_they_are) {
    World world;
    const auto answer = world.connect().exchange("GET", "/.well-known/jwks.json");
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(answer->header("content-type"), "application/jwk-set+json");
    EXPECT_EQ(answer->body, R"({"keys":[]})");
}

}  // namespace
}  // namespace mim::http
