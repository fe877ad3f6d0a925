#include <gtest/gtest.h>

#include "http/access.hpp"
#include "http/json_writer.hpp"
#include "http/media_type.hpp"
#include "http/net/wire.hpp"

namespace mim::http {
namespace {

TEST(BearerToken, is_taken_from_the_header) {
    EXPECT_EQ(*bearer_token("Bearer abc.def.ghi"), "abc.def.ghi");
    EXPECT_EQ(*bearer_token("bearer   abc"), "abc");
}

TEST(BearerToken, is_missed) {
    for (const char* header : {"", "Bearer", "Bearer   "}) {
        EXPECT_EQ(bearer_token(header).error().code, ErrorCode::token_required) << header;
    }
}

TEST(BearerToken, has_one_form) {
    for (const char* header :
         {"Basic YTpi", "abc.def.ghi", "Bearerabc", "Bearer a b", "Bearer a,b", "Bear"}) {
        EXPECT_EQ(bearer_token(header).error().code, ErrorCode::token_malformed) << header;
    }
}

app::Caller a_caller(app::Role role) {
    return {UserId::generate(), TokenFamilyId::generate(), role, nullptr};
}

TEST(Permit, a_viewer_only_reads) {
    EXPECT_TRUE(permit(Need::read, a_caller(app::Role::viewer)));
    EXPECT_TRUE(permit(Need::account, a_caller(app::Role::viewer)));
    EXPECT_EQ(permit(Need::write, a_caller(app::Role::viewer)).error().code, ErrorCode::forbidden);
    EXPECT_TRUE(permit(Need::write, a_caller(app::Role::editor)));
    EXPECT_TRUE(permit(Need::write, a_caller(app::Role::admin)));
}

TEST(Permit, only_an_administrator_administers_and_no_key_does) {
    EXPECT_TRUE(permit(Need::administer, a_caller(app::Role::admin)));
    EXPECT_EQ(permit(Need::administer, a_caller(app::Role::editor)).error().code, ErrorCode::forbidden);
    app::Caller machine = a_caller(app::Role::admin);
    machine.key = std::make_shared<app::KeyGrant>(ApiKeyId::generate(), "abc", std::nullopt);
    EXPECT_TRUE(permit(Need::write, machine));
    for (const Need need : {Need::account, Need::administer})
        EXPECT_EQ(permit(need, machine).error().code, ErrorCode::forbidden);
}

TEST(MediaType, json_in_its_forms) {
    for (const char* type :
         {"application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"}) {
        EXPECT_TRUE(is_json(type)) << type;
    }
    for (const char* type :
         {"", "text/plain", "text/json", "application/jsonx", "application/x-www-form-urlencoded"}) {
        EXPECT_FALSE(is_json(type)) << type;
    }
}

TEST(MediaType, javascript_only_by_name) {
    EXPECT_TRUE(wants_javascript("text/javascript"));
    EXPECT_TRUE(wants_javascript("text/html, text/JavaScript;q=0.9"));
    EXPECT_FALSE(wants_javascript("*/*"));
    EXPECT_FALSE(wants_javascript(""));
}

TEST(RequestId, only_sane_ones_are_taken_over) {
    EXPECT_TRUE(is_sane_request_id("a-B_9.z"));
    EXPECT_FALSE(is_sane_request_id(""));
    EXPECT_FALSE(is_sane_request_id("a b"));
    EXPECT_FALSE(is_sane_request_id("a\r\nSet-Cookie: x"));
    EXPECT_TRUE(is_sane_request_id(std::string(64, 'a')));
    EXPECT_FALSE(is_sane_request_id(std::string(65, 'a')));
}

struct Target {
    std::string_view text, path, query;
};
class SplitsTarget : public testing::TestWithParam<Target> {};

TEST_P(SplitsTarget, into_path_and_query) {
    Request request;
    set_target(request, GetParam().text);
    EXPECT_EQ(request.path, GetParam().path);
    EXPECT_EQ(request.query, GetParam().query);
}

INSTANTIATE_TEST_SUITE_P(Request, SplitsTarget,
                         testing::Values(Target{"/a/b", "/a/b", ""}, Target{"/a?b=c?d", "/a", "b=c?d"},
                                         Target{"http://host:1/a?b", "/a", "b"},
                                         Target{"http://host", "", ""}, Target{"*", "*", ""},
                                         Target{"/a?to=http://x/", "/a", "to=http://x/"}));

TEST(JsonWriter, places_commas_and_escapes) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().field("a\"", "x\n\x01\\").key("list").begin_array().value(1).value(true).null();
    json.begin_object().end_object().begin_array().end_array().end_array();
    json.field("none", std::optional<int>()).field("some", std::optional<int>(-5)).raw("").end_object();
    EXPECT_EQ(text, R"({"a\"":"x\n\u0001\\","list":[1,true,null,{},[]],"none":null,"some":-5,})");
}

TEST(JsonWriter, what_a_call_holds_of_a_target_bounds_its_text) {
    constexpr std::size_t most = 40'000;
    const auto budget = std::make_shared<ByteBudget>(most);
    const CallMemory call;
    const auto holding = CallMemory::holding(budget, most);
    {
        std::string text, expected;
        JsonWriter json(text);
        for (int count = 0; count < 1'000; ++count) {
            json.value("0123456789");
            expected += (count == 0 ? "" : ",") + std::string("\"0123456789\"");
        }
        EXPECT_EQ(text, expected);
        EXPECT_FALSE(holding->add(most - text.size())) << "it counts";
        EXPECT_FALSE(call.cut());
        for (int count = 0; count < 10'000; ++count) json.value("0123456789");
        EXPECT_LT(text.capacity(), most);
        ASSERT_TRUE(call.cut());
        EXPECT_EQ(call.cut()->code, ErrorCode::target_too_large);
    }
    holding->release();
    std::string text;
    JsonWriter(text).value(std::string(most, '\x01'));
    EXPECT_LT(text.capacity(), most) << "one text alone is too much";
}

TEST(Wire, a_head_carries_the_security_headers) {
    Response response;
    response.body = "{}";
    const std::string head = response_head(response, {"id-1", Framing::length, Ending::close, Scheme::http});
    for (const char* line :
         {"HTTP/1.1 200 OK\r\n", "X-Request-Id: id-1\r\n", "X-Content-Type-Options: nosniff\r\n",
          "Cache-Control: no-store\r\n", "Connection: close\r\n", "Content-Length: 2\r\n",
          "X-Frame-Options: DENY\r\n", "Referrer-Policy: no-referrer\r\n", "Server: mim\r\n",
          "Cross-Origin-Resource-Policy: same-origin\r\n", "Cross-Origin-Opener-Policy: same-origin\r\n",
          "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n",
          "Permissions-Policy: ", "Content-Type: application/json\r\n"}) {
        EXPECT_NE(head.find(line), std::string::npos) << line;
    }
    EXPECT_EQ(head.find("Strict-Transport-Security"), std::string::npos);
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(Wire, a_client_that_came_by_https_is_told_to_stay_there) {
    const std::string head =
        response_head(Response{}, {"id-1", Framing::length, Ending::keep_alive, Scheme::https});
    EXPECT_NE(head.find("Strict-Transport-Security: max-age=31536000\r\n"), std::string::npos);
}

TEST(Wire, every_status_has_its_phrase) {
    for (const unsigned status :
         {200U, 201U, 204U, 400U, 401U, 403U, 404U, 409U, 412U, 413U, 415U, 429U, 431U, 500U, 503U}) {
        EXPECT_NE(reason_phrase(status), "Unknown") << status;
    }
}

TEST(Wire, chunks_tell_their_length_in_hex) {
    EXPECT_EQ(chunk("0123456789abcdef0"), "11\r\n0123456789abcdef0\r\n");
}

}  // namespace
}  // namespace mim::http
