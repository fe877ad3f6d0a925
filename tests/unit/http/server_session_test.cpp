// How connections are treated: kept, limited, timed, shared, refused.
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "unit/http/world.hpp"

namespace mim::http {
namespace {

using std::chrono::milliseconds;

TEST(ServerSession, keeps_a_connection_alive) {
    World world;
    RawClient client = world.connect();
    for (int count = 0; count < 5; ++count) {
        const auto answer = client.exchange("GET", "/healthz");
        ASSERT_TRUE(answer);
        EXPECT_FALSE(answer->headers.contains("connection"));
    }
    EXPECT_EQ(world.observer.connections, 1U);
    EXPECT_EQ(world.observer.requests, 5);
}

TEST(ServerSession, closes_when_asked_to) {
    World world;
    RawClient client = world.connect();
    EXPECT_EQ(client.exchange("GET", "/healthz", "", "Connection: close\r\n")->header("connection"), "close");
    EXPECT_TRUE(client.is_closed());
    RawClient old = world.connect();
    old.send("GET /healthz HTTP/1.0\r\n\r\n");
    EXPECT_EQ(old.read_response()->body, "ok\n");
    EXPECT_TRUE(old.is_closed());
}

TEST(ServerSession, answers_pipelined_requests_in_order) {
    World world;
    RawClient client = world.connect();
    std::string many;
    for (int count = 0; count < 20; ++count) {
        many += "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: n" + std::to_string(count) + "\r\n\r\n";
    }
    many += "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n";
    client.send(many);
    for (int count = 0; count < 20; ++count) {
        EXPECT_EQ(client.read_response()->header("x-request-id"), "n" + std::to_string(count));
    }
    EXPECT_EQ(client.read_response()->body, "store: ok\n");
}

TEST(ServerSession, reads_a_request_that_comes_in_pieces_and_in_chunks) {
    World world;
    RawClient client = world.connect();
    for (const char* piece : {"POST /api/v1/auth/lo", "gin HTTP/1.1\r\nHost: x\r\nContent-Type: applica",
                              "tion/json\r\nTransfer-Encoding: chunked\r\n\r\n", "2\r\n{\"\r\n",
                              "f\r\nidentity\":\"ada", "\"\r\n1\r\n}\r\n0\r\n\r\n"}) {
        client.send(piece);
    }
    const auto answer = client.read_response();
    EXPECT_EQ(answer->status, 400U);
    EXPECT_EQ(text_at(answer->body, "/error/password"), "Field is required") << answer->body;
}

TEST(ServerSession, ten_megabytes_are_refused_and_the_sender_learns_why) {
    World world;
    RawClient client = world.connect();
    const std::string body(10UL * 1024 * 1024, 'x');
    const auto answer = client.exchange("POST", "/api/v1/databases/list", body, world.bearer());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413U);
    EXPECT_EQ(number_at(answer->body, "/error_code"), 41300);
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_TRUE(client.is_closed());
}

TEST(ServerSession, ten_megabytes_in_chunks_too) {
    World world;
    RawClient client = world.connect();
    client.send("POST /api/v1/databases/list HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string piece = "10000\r\n" + std::string(65536, 'x') + "\r\n";
    for (int count = 0; count < 160 && client.send(piece); ++count) {
    }
    client.send("0\r\n\r\n");
    EXPECT_EQ(client.read_response()->status, 413U);
}

TEST(ServerSession, tells_a_careful_sender_before_it_sends) {
    World world;
    RawClient client = world.connect();
    const std::string head =
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Expect: 100-continue\r\nContent-Length: ";
    client.send(head + "2\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("{}");
    EXPECT_EQ(client.read_response()->status, 400U);
    client.send(head + "99999999\r\n\r\n");
    EXPECT_EQ(client.read_response()->status, 413U);
}

TEST(ServerSession, a_header_has_a_limit) {
    World world;
    RawClient client = world.connect();
    const auto answer = client.exchange("GET", "/healthz", "", "X-Long: " + std::string(9000, 'a') + "\r\n");
    EXPECT_EQ(answer->status, 431U);
    EXPECT_TRUE(client.is_closed());
}

TEST(ServerSession, what_is_not_http_is_refused) {
    World world;
    for (const char* garbage : {"GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n",
                                "GET / HTTP/1.1\r\nno colon\r\n\r\n"}) {
        RawClient client = world.connect();
        client.send(garbage);
        const auto answer = client.read_response();
        ASSERT_TRUE(answer) << garbage;
        EXPECT_EQ(answer->status, 400U);
        EXPECT_EQ(number_at(answer->body, "/error_code"), 40003);
    }
}

TEST(ServerSession, slow_headers_and_bodies_are_cut_off) {
    ServerSettings settings;
    settings.header_timeout = milliseconds{500};
    settings.body_timeout = milliseconds{50};
    World world(settings);
    RawClient header = world.connect();
    header.send("GET /healthz HTTP/1.1\r\nHos");
    RawClient body = world.connect();
    body.send("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    EXPECT_TRUE(header.is_closed());
    EXPECT_TRUE(body.is_closed());
}

TEST(ServerSession, idle_connections_are_closed) {
    ServerSettings settings;
    settings.idle_timeout = milliseconds{50};
    World world(settings);
    RawClient client = world.connect();
    EXPECT_EQ(client.exchange("GET", "/healthz")->status, 200U);
    EXPECT_TRUE(client.is_closed());
}

TEST(ServerSession, who_connects_and_says_nothing_is_not_kept) {
    ServerSettings settings;
    settings.header_timeout = milliseconds{50};
    World world(settings);
    RawClient silent = world.connect();
    EXPECT_TRUE(silent.is_closed());
    EXPECT_EQ(world.observer.rejected("header_timeout"), 1);
}

TEST(ServerSession, too_many_connections_get_a_503) {
    ServerSettings settings;
    settings.max_connections = 2;
    World world(settings);
    RawClient first = world.connect(), second = world.connect();
    EXPECT_EQ(first.exchange("GET", "/healthz")->status, 200U);
    EXPECT_EQ(second.exchange("GET", "/healthz")->status, 200U);
    RawClient third = world.connect();
    const auto refused = third.read_response();
    EXPECT_EQ(refused->status, 503U);
    EXPECT_EQ(refused->header("retry-after"), "1");
    third.finish_sending();
    EXPECT_TRUE(third.is_closed());
    EXPECT_EQ(first.exchange("GET", "/healthz")->status, 200U);
}

TEST(ServerSession, a_full_queue_is_a_503_and_the_health_check_still_answers) {
    ServerSettings settings;
    settings.work_threads = 1;
    settings.work_queue = 1;
    World world(settings);
    Gate gate;
    world.store.faults().on_call = [&](const std::string& call) {
        if (call == "databases.list") gate.pass();
    };
    const std::string request =
        "POST /api/v1/databases/list HTTP/1.1\r\nHost: x\r\n" + world.bearer() + "\r\n";
    RawClient running = world.connect(), queued = world.connect(), refused = world.connect();
    running.send(request);
    gate.wait_for_arrivals(1);
    // Two more: one finds the place in the queue, the other does not, in whichever order the server reads
    // them.
    queued.send(request);
    refused.send(request);
    EXPECT_EQ(world.connect().exchange("GET", "/healthz")->status, 200U);
    gate.open();
    EXPECT_EQ(running.read_response()->status, 200U);
    const unsigned one = queued.read_response()->status, other = refused.read_response()->status;
    EXPECT_EQ(one + other, 200U + 503U);
}

TEST(ServerSession, many_clients_at_once_on_several_threads) {
    ServerSettings settings;
    settings.io_threads = 2;
    settings.work_threads = 4;
    World world(settings);
    const std::string database = world.create_database("shop");
    std::atomic<int> good = 0;
    std::vector<std::thread> clients;
    for (int number = 0; number < 8; ++number) {
        clients.emplace_back([&] {
            RawClient client = world.connect();
            for (int count = 0; count < 50; ++count) {
                const auto answer =
                    client.exchange("GET", "/api/v1/databases/" + database, "", world.bearer());
                if (answer && answer->status == 200) ++good;
            }
        });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(good, 400);
}

TEST(ServerSession, a_caller_who_leaves_early_does_no_harm) {
    World world;
    Gate gate;
    world.store.faults().on_call = [&](const std::string& call) {
        if (call == "databases.list") gate.pass();
    };
    {
        RawClient client = world.connect();
        client.send("POST /api/v1/databases/list HTTP/1.1\r\nHost: x\r\n" + world.bearer() + "\r\n");
        gate.wait_for_arrivals(1);
    }
    gate.open();
    EXPECT_EQ(world.connect().exchange("GET", "/healthz")->status, 200U);
}

class ServerWithoutMemory : public testing::Test {
  protected:
    // For the lines of these events, that is: what follows a bug needs memory too.
    void fail_lines_after_a_bug(std::set<std::string, std::less<>> events) {
        world.store.faults().on_call = [](const std::string& call) {
            if (call == "databases.list") throw std::runtime_error("a bug");
        };
        world.log.throw_at(std::move(events));
    }
    void send_what_fails(RawClient& client) const {
        client.send("POST /api/v1/databases/list HTTP/1.1\r\nHost: x\r\n" + world.bearer() + "\r\n");
    }
    World world;
};

TEST_F(ServerWithoutMemory, a_request_ends_with_its_connection_alone) {
    fail_lines_after_a_bug({"http.exception"});
    RawClient client = world.connect();
    send_what_fails(client);
    EXPECT_TRUE(client.is_closed());
    world.log.wait_for_line("http.session_failed");
    EXPECT_EQ(world.log.lines_with("http.session_failed what=std::bad_alloc").size(), 1U);
    world.log.throw_at({});
    EXPECT_EQ(world.call("POST", "/databases/list").status, 500U);
}

TEST_F(ServerWithoutMemory, the_end_of_a_connection_may_go_unsaid) {
    fail_lines_after_a_bug({"http.exception", "http.session_failed"});
    for (int count = 0; count < 2; ++count) {
        RawClient client = world.connect();
        send_what_fails(client);
        EXPECT_TRUE(client.is_closed());
    }
    const auto answer = world.connect().exchange("GET", "/healthz");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200U);
}

TEST_F(ServerWithoutMemory, a_connection_that_cannot_be_taken_in_is_the_only_one_lost) {
    world.observer.throws_once = true;
    RawClient lost = world.connect();
    EXPECT_TRUE(lost.is_closed());
    world.log.wait_for_line("http.session_failed");
    EXPECT_EQ(world.log.lines_with("http.session_failed what=std::bad_alloc").size(), 1U);
    RawClient next = world.connect();
    const auto answer = next.exchange("GET", "/healthz");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(world.observer.connections, 1U);
}

TEST(ServerStart, a_port_in_use_is_one_clear_line) {
    World world;
    ServerSettings settings;
    settings.port = world.server->port();
    Api api = world.api();
    api.observer = nullptr;
    const auto second = Server::start(settings, api, world.log);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message,
              "cannot listen on 127.0.0.1:" + std::to_string(settings.port) + ": Address already in use");
}

TEST(ServerStart, a_host_that_is_none_is_an_error_too) {
    World world;
    ServerSettings settings;
    settings.host = "192.0.2.1";  // never an address of this machine
    settings.port = 0;
    Api api = world.api();
    api.observer = nullptr;
    const auto started = Server::start(settings, api, world.log);
    ASSERT_FALSE(started);
    EXPECT_TRUE(started.error().message.starts_with("cannot listen on 192.0.2.1:0: "));
}

}  // namespace
}  // namespace mim::http
