#include "http/error_table.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "source_folder.hpp"

namespace mim::http {
namespace {

namespace json = boost::json;

json::object body_of(const Response& response) {
    return json::parse(response.body).as_object();
}

TEST(ErrorTable, has_a_row_for_every_cause) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        EXPECT_EQ(row_of(static_cast<ErrorCode>(code)).code, static_cast<ErrorCode>(code)) << code;
    }
}

TEST(ErrorTable, numbers_are_unique_and_begin_with_the_status) {
    std::set<int> seen;
    for (const ErrorRow& row : error_rows()) {
        EXPECT_EQ(row.number / 100, static_cast<int>(row.status));
        EXPECT_TRUE(seen.insert(row.number).second) << row.number;
    }
    for (const TransportRow& row : transport_rows()) {
        EXPECT_EQ(row.number / 100, static_cast<int>(row.status));
        EXPECT_TRUE(seen.insert(row.number).second) << row.number;
    }
}

TEST(ErrorTable, the_document_lists_every_row) {
    std::ifstream file(tests::source_folder() / "docs/errors.md");
    std::stringstream text;
    text << file.rdbuf();
    for (const ErrorRow& row : error_rows()) {
        const std::string line =
            "| " + std::to_string(row.number) + " | " + std::to_string(row.status) + " |";
        EXPECT_NE(text.str().find(line), std::string::npos) << line;
    }
    for (const TransportRow& row : transport_rows()) {
        const std::string line =
            "| " + std::to_string(row.number) + " | " + std::to_string(row.status) + " |";
        EXPECT_NE(text.str().find(line), std::string::npos) << line;
    }
}

struct Words {
    ErrorCode code;
    unsigned status;
    std::string_view text;
};
class FixedWords : public testing::TestWithParam<Words> {};

TEST_P(FixedWords, reach_the_caller_to_the_letter) {
    const Response response = error_response(Error{GetParam().code, "whatever the cause said"}, "abc");
    const json::object body = body_of(response);
    EXPECT_EQ(response.status, GetParam().status);
    EXPECT_EQ(body.at("status_code").as_int64(), GetParam().status);
    EXPECT_EQ(body.at("error").as_string(), GetParam().text);
    EXPECT_EQ(body.at("request_id").as_string(), "abc");
}

INSTANTIATE_TEST_SUITE_P(ErrorTable, FixedWords,
                         testing::Values(Words{ErrorCode::token_required, 401, "Token is required"},
                                         Words{ErrorCode::token_malformed, 401, "Token is wrong format"},
                                         Words{ErrorCode::token_wrong, 401, "Token is wrong"},
                                         Words{ErrorCode::token_revoked, 401, "Token is revoked"},
                                         Words{ErrorCode::not_found, 404, "Resource not found"},
                                         Words{ErrorCode::url_not_found, 404, "URL not found"},
                                         Words{ErrorCode::already_exists, 409, "Resource conflict"}));

TEST(ErrorResponse, names_bad_fields) {
    const Response response =
        error_response(Error{{{"uri", "Field is required"}, {"name", "Is named twice"}}}, "r");
    const json::object body = body_of(response);
    EXPECT_EQ(response.status, 400U);
    const json::object expected{{"uri", "Field is required"}, {"name", "Is named twice"}};
    EXPECT_EQ(body.at("error"), expected);
}

TEST(ErrorResponse, tells_which_field_is_taken_beside_the_fixed_text) {
    Error error(ErrorCode::already_exists, "taken");
    error.fields = {{"name", "Is taken"}};
    EXPECT_EQ(body_of(error_response(error, "r")).at("detail").as_string(), "name: Is taken");
}

TEST(ErrorResponse, of_a_refused_token_it_tells_only_what_is_meant_for_the_caller) {
    Error error(ErrorCode::token_wrong, "the inner cause");
    EXPECT_FALSE(body_of(error_response(error, "r")).contains("detail"));
    error.fields = {{"token", "log in again"}};
    EXPECT_EQ(body_of(error_response(error, "r")).at("detail").as_string(), "token: log in again");
}

TEST(ErrorResponse, keeps_the_causes_of_its_own_faults_to_itself) {
    for (const ErrorCode code : {ErrorCode::store_failed, ErrorCode::internal, ErrorCode::token_wrong}) {
        const Response response = error_response(Error{code, "disk /var/lib/x is full"}, "r");
        EXPECT_EQ(response.body.find("/var"), std::string::npos) << response.body;
    }
}

TEST(ErrorResponse, repeats_what_the_target_said) {
    const Error error(ErrorCode::target_refused, "createCollection failed",
                      ServerReply{73, "InvalidNamespace", "bad \"x\""});
    const json::object body = body_of(error_response(error, "r"));
    EXPECT_EQ(body.at("status_code").as_int64(), 412);
    EXPECT_EQ(body.at("error").as_string(), "createCollection failed (73 InvalidNamespace: bad \"x\")");
}

TEST(ErrorResponse, says_when_to_try_again) {
    const Response response = error_response(Error{ErrorCode::not_ready, "busy"}, "r");
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers[0].name, "Retry-After");
}

}  // namespace
}  // namespace mim::http
