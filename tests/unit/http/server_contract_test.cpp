// What the contract says about URLs, tokens, bodies and envelopes, through real sockets.
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "unit/http/world.hpp"

namespace mim::http {
namespace {

class ServerContract : public testing::Test {
  protected:
    World world;
};

TEST_F(ServerContract, the_main_road) {
    RawClient client = world.connect();
    const auto registered =
        client.exchange("POST", "/api/v1/auth/register/",
                        R"({"username":"bob","email":"bob@example.org","password":"correct horse"})");
    EXPECT_EQ(registered->status, 201U);
    EXPECT_EQ(registered->body, R"({"status_code":201,"error_code":0,"data":{"success":true}})");
    const auto pair = client.exchange("POST", "/api/doctor-manager-api/v1/auth/login",
                                      R"({"identity":"BOB","password":"correct horse"})");
    const std::string refresh = text_at(pair->body, "/data/refresh_token");
    EXPECT_FALSE(text_at(pair->body, "/data/access_token").empty());
    const auto renewed = client.exchange("POST", "/api/v1/auth/refresh-token", "",
                                         "Authorization: Bearer " + refresh + "\r\n");
    EXPECT_EQ(renewed->status, 200U) << renewed->body;
    world.clock.advance(std::chrono::seconds{10});
    const auto reused = client.exchange("POST", "/api/v1/auth/refresh-token", "",
                                        "Authorization: Bearer " + refresh + "\r\n");
    EXPECT_EQ(text_at(reused->body, "/error"), "Token is revoked");
}

// A name that two keys claim: it is defined on one field, and is in the database on another.
TEST_F(ServerContract, published_clients_see_a_changed_index_in_their_three_lists) {
    const std::string database = world.create_database("shop");
    const std::string body = R"({"database_id":")" + database + R"(","collection":"c")";
    for (const char* const each :
         {R"("m","keys":[{"field":"b","value":1}])", R"("z","keys":[{"field":"c","value":1}])"})
        ASSERT_EQ(world.call("POST", "/indexes/", body + R"(,"options":{},"name":)" + each + "}").status,
                  201U);
    for (const char* const name : {"m", "a"}) {
        world.mongo.seed("shop", "c", {name, bson::Builder().add(name, 1).take(), {}});
    }
    const std::string asked = R"({"database_id":")" + database + R"(","collections":["c"]})";
    const RawResponse now = world.call("POST", "/indexes/compare-by-collections", asked);
    EXPECT_EQ(text_at(now.body, "/data/0/changed_indexes/0/name"), "m");
    EXPECT_EQ(text_at(now.body, "/data/0/missing_indexes/0/name"), "z");
    EXPECT_EQ(text_at(now.body, "/data/0/redundant_indexes/0/name"), "a");
    EXPECT_EQ(text_at(now.body, "/data/0/redundant_indexes/1/name"), "");
    RawClient published = world.connect();
    for (const auto& [path, wanted] :
         {std::pair{"compare-by-collections", asked},
          std::pair{"compare-by-database", R"({"database_id":")" + database + R"("})"}}) {
        const auto told = published.exchange(
            "POST", std::string("/api/doctor-manager-api/v1/indexes/") + path, wanted, world.bearer());
        ASSERT_EQ(told->status, 200U) << told->body;
        EXPECT_EQ(text_at(told->body, "/data/0/changed_indexes/0/name"), "m");
        EXPECT_EQ(text_at(told->body, "/data/0/missing_indexes/0/name"), "m");
        EXPECT_EQ(text_at(told->body, "/data/0/missing_indexes/0/keys/0/field"), "b");
        EXPECT_EQ(text_at(told->body, "/data/0/missing_indexes/1/name"), "z");
        EXPECT_EQ(text_at(told->body, "/data/0/redundant_indexes/0/name"), "a");
        EXPECT_EQ(text_at(told->body, "/data/0/redundant_indexes/1/name"), "m");
        EXPECT_EQ(text_at(told->body, "/data/0/redundant_indexes/1/keys/0/field"), "m");
    }
}

TEST_F(ServerContract, definitions_come_back_as_they_were_sent) {
    const std::string database = world.create_database("shop");
    const RawResponse made =
        world.call("POST", "/indexes/", R"({"database_id":")" + database + R"(","collection":"orders",
        "name":"","keys":[{"field":"customer_id","value":1},{"field":"created_at","value":-1}],
        "options":{"is_unique":false,"expire_after_seconds":null}})");
    ASSERT_EQ(made.status, 201U) << made.body;
    const RawResponse got = world.call("GET", "/indexes/" + text_at(made.body, "/data/id"));
    EXPECT_EQ(text_at(got.body, "/data/name"), "customer_id_1_created_at_-1");
    EXPECT_EQ(text_at(got.body, "/data/database_id"), database);
    EXPECT_EQ(number_at(got.body, "/data/keys/1/value"), -1);
    const RawResponse listed = world.call("POST", "/indexes/list-by-collection",
                                          R"({"database_id":")" + database + R"(","collection":"orders"})");
    EXPECT_EQ(number_at(listed.body, "/extra/total"), 1);
    EXPECT_EQ(number_at(listed.body, "/extra/limit"), 50);
}

TEST_F(ServerContract, what_mongodb_refuses_is_named_in_the_callers_words) {
    const std::string database = world.create_database("shop");
    const RawResponse refused =
        world.call("POST", "/indexes", R"({"database_id":")" + database + R"(","collection":"c",
        "keys":[{"field":"a","value":1},{"field":"b","value":1}],"options":{"expire_after_seconds":5}})");
    EXPECT_EQ(refused.status, 400U);
    const auto error = boost::json::parse(refused.body).at("error");
    ASSERT_TRUE(error.is_object()) << refused.body;
    EXPECT_TRUE(error.get_object().contains("options.expire_after_seconds")) << refused.body;
}

TEST_F(ServerContract, passwords_of_targets_never_come_back) {
    const std::string database = world.create_database("shop");
    EXPECT_EQ(text_at(world.call("GET", "/databases/" + database).body, "/data/uri"), "mongodb://u:***@h/");
    EXPECT_EQ(world.call("POST", "/databases/list").body.find("geheim"), std::string::npos);
}

TEST_F(ServerContract, comparison_has_its_own_extra) {
    const std::string database = world.create_database("shop");
    const RawResponse made =
        world.call("POST", "/indexes", R"({"database_id":")" + database + R"(","collection":"c",
        "keys":[{"field":"a","value":1}],"options":{}})");
    ASSERT_EQ(made.status, 201U) << made.body;
    const RawResponse compared = world.call("POST", "/indexes/compare-by-collections",
                                            R"({"database_id":")" + database + R"(","collections":["c"]})");
    EXPECT_TRUE(compared.body.ends_with(R"("extra":{"limit":0,"page":0,"total":null}})")) << compared.body;
    EXPECT_EQ(text_at(compared.body, "/data/0/collection"), "c");
}

TEST_F(ServerContract, a_bare_script_on_request) {
    const std::string database = world.create_database("shop");
    RawClient client = world.connect();
    const std::string body = R"({"database_id":")" + database + "\"}";
    const auto bare = client.exchange("POST", "/api/v1/indexes/generate-script", body,
                                      world.bearer() + "Accept: text/javascript\r\n");
    EXPECT_EQ(bare->status, 200U) << bare->body;
    EXPECT_TRUE(bare->header("content-type").starts_with("text/javascript"));
    const auto wrapped = client.exchange("POST", "/api/v1/indexes/generate-script", body, world.bearer());
    EXPECT_EQ(text_at(wrapped->body, "/data/script"), bare->body);
}

struct Refusal {
    std::string_view method, path, headers, body;
    unsigned status;
    std::string_view error;
};

class Refuses : public testing::TestWithParam<Refusal> {};

TEST_P(Refuses, in_the_contracts_words) {
    World world;
    RawClient client = world.connect();
    std::string headers(GetParam().headers);
    if (headers == "signed in") headers = world.bearer();
    const auto answer = client.exchange(GetParam().method, GetParam().path, GetParam().body, headers);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, GetParam().status) << answer->body;
    EXPECT_EQ(text_at(answer->body, "/error"), GetParam().error);
    EXPECT_EQ(text_at(answer->body, "/request_id"), answer->header("x-request-id"));
    EXPECT_EQ(number_at(answer->body, "/status_code"), GetParam().status);
}

constexpr std::string_view some_id = "/api/v1/databases/65a1f0c2e4b0a1b2c3d4e5f6";

INSTANTIATE_TEST_SUITE_P(
    Server, Refuses,
    testing::Values(Refusal{"GET", "/nowhere", "", "", 404, "URL not found"},
                    Refusal{"GET", "/api/v1/databases/list", "", "", 404, "URL not found"},
                    Refusal{"PATCH", some_id, "", "", 404, "URL not found"},
                    Refusal{"GET", some_id, "", "", 401, "Token is required"},
                    Refusal{"GET", some_id, "Authorization: Basic abc\r\n", "", 401, "Token is wrong format"},
                    Refusal{"GET", some_id, "Authorization: Bearer a.b.c\r\n", "", 401, "Token is wrong"},
                    Refusal{"GET", some_id, "signed in", "", 404, "Resource not found"},
                    Refusal{"GET", "/api/v1/databases/zzz", "signed in", "", 404, "Resource not found"},
                    Refusal{"GET", some_id, "Authorization: Bearer abc\r\n", "", 401, "Token is wrong"},
                    Refusal{"POST", "/api/v1/databases", "signed in", "{", 400,
                            "The body is not valid JSON: incomplete JSON at byte 1"},
                    Refusal{"POST", "/api/v1/databases", "signed in", "{} x", 400,
                            "The body is not valid JSON: extra data at byte 3"},
                    Refusal{"POST", "/api/v1/databases", "signed in", "{\"a\": x}", 400,
                            "The body is not valid JSON: syntax error at byte 6"},
                    Refusal{"POST", "/api/v1/databases", "signed in", "[]", 400,
                            "The body must be a JSON object"},
                    Refusal{"POST", "/api/v1/databases", "signed in", "", 400, ""},
                    Refusal{"POST", "/api/v1/auth/login", "",
                            R"({"identity":"ada","password":"wrong horse"})", 400, "Wrong credentials"},
                    Refusal{"POST", "/api/v1/auth/register", "",
                            R"({"username":"ADA","email":"new@example.org","password":"correct horse"})", 409,
                            "Resource conflict"},
                    Refusal{"POST", "/api/v1/indexes/plan", "signed in",
                            R"({"database_id":"65a1f0c2e4b0a1b2c3d4e5f6","optoin_extra":0})", 400, ""}));

TEST_F(ServerContract, an_absent_body_names_every_required_field) {
    const RawResponse answer = world.call("POST", "/databases");
    const auto error = boost::json::parse(answer.body).at("error").as_object();
    for (const char* field : {"name", "uri", "db_name"})
        EXPECT_EQ(error.at(field).as_string(), "Field is required");
}

TEST_F(ServerContract, only_json_bodies) {
    RawClient client = world.connect();
    client.send(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: "
        "2\r\n\r\n{}");
    EXPECT_EQ(client.read_response()->status, 415U);
    client.send("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(client.read_response()->status, 415U);
}

TEST_F(ServerContract, head_and_options) {
    RawClient client = world.connect();
    const auto head = client.exchange("HEAD", "/healthz");
    EXPECT_EQ(head->status, 200U);
    EXPECT_EQ(head->header("content-length"), "3");
    const auto options = client.exchange("OPTIONS", some_id);
    EXPECT_EQ(options->status, 204U);
    EXPECT_EQ(options->header("allow"), "GET, HEAD, PUT, DELETE, OPTIONS");
    EXPECT_EQ(client.exchange("GET", "/healthz")->body, "ok\n");
}

TEST_F(ServerContract, a_viewer_reads_and_nothing_else) {
    const std::string database = world.create_database("shop");
    world.set_role(app::Role::viewer);
    EXPECT_EQ(world.call("GET", "/databases/" + database).status, 200U);
    const RawResponse refused = world.call("DELETE", "/databases/" + database);
    EXPECT_EQ(refused.status, 403U) << refused.body;
    EXPECT_EQ(number_at(refused.body, "/error_code"), 40300);
    EXPECT_EQ(world.call("PUT", "/auth/profile", R"({"first_name":"A"})").status, 200U);
}

TEST_F(ServerContract, operations_need_no_token) {
    RawClient client = world.connect();
    EXPECT_EQ(client.exchange("GET", "/readyz")->body, "store: ok\n");
    EXPECT_EQ(client.exchange("GET", "/metrics")->body, "mim_up 1\n");
    EXPECT_EQ(text_at(client.exchange("GET", "/openapi.json")->body, "/servers/0/url"), "/api/v1");
    EXPECT_TRUE(client.exchange("GET", "/docs")->header("content-type").starts_with("text/html"));
    world.store.faults().fail_all("users.count",
                                  Error{ErrorCode::store_failed, "disk full at /secret/place"});
    const auto down = client.exchange("GET", "/readyz");
    EXPECT_EQ(down->status, 503U);
    EXPECT_EQ(down->body, "store: down (store_failed)\n");
}

TEST_F(ServerContract, an_exception_is_a_500_with_the_id_and_logged_once) {
    world.store.faults().on_call = [](const std::string& call) {
        if (call == "databases.list") throw std::runtime_error("a bug");
    };
    const RawResponse answer = world.call("POST", "/databases/list");
    EXPECT_EQ(answer.status, 500U);
    EXPECT_EQ(text_at(answer.body, "/error"), "Internal error");
    const auto lines = world.log.lines_with("a bug");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NE(lines[0].find(text_at(answer.body, "/request_id")), std::string::npos);
}

TEST_F(ServerContract, one_log_line_a_request_without_a_secret) {
    RawClient client = world.connect();
    const auto answer = client.exchange("GET", std::string(some_id) + "?password=planted", "",
                                        world.bearer() + "X-Request-Id: my-id_1\r\n");
    EXPECT_EQ(answer->header("x-request-id"), "my-id_1");
    const auto lines = world.log.lines_with("id=my-id_1");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(
        lines[0].starts_with("http.request id=my-id_1 method=GET route=/databases/:id status=400 ms="))
        << lines[0];
    EXPECT_NE(lines[0].find("user=" + world.store.users().find_by_identity("ada")->id.text()),
              std::string::npos);
    EXPECT_EQ(world.log.all().find("planted"), std::string::npos);
    EXPECT_EQ(world.log.all().find(world.tokens.access_token), std::string::npos);
}

TEST_F(ServerContract, a_strange_request_id_is_replaced) {
    RawClient client = world.connect();
    const auto answer = client.exchange("GET", "/healthz", "", "X-Request-Id: x\" level=\"error\r\n");
    EXPECT_TRUE(is_id_digits(answer->header("x-request-id")));
}

}  // namespace
}  // namespace mim::http
