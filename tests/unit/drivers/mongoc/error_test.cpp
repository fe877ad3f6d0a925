#include "drivers/mongoc/error.hpp"

#include <cstring>

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::drivers::mongoc {
namespace {

using std::chrono::milliseconds;

bson_error_t driver_error(std::uint32_t domain, std::uint32_t code, const char* text) {
    bson_error_t error{};
    bson_set_error(&error, domain, code, "%s", text);
    return error;
}

const Attempt question{"listIndexes", Nature::read, milliseconds(3), milliseconds(1'000)};
const Attempt change{"createIndexes", Nature::write, milliseconds(3), milliseconds(1'000)};

ErrorCode refused(int code, const Attempt& attempt = question) {
    return refusal(bson::parse_json(R"({"ok": 0, "errmsg": "no", "code": )" + std::to_string(code) + "}")
                       .value()
                       .view(),
                   attempt)
        .code;
}

TEST(ErrorFence, ServerCodesBecomeCauses) {
    EXPECT_EQ(refused(13), ErrorCode::target_not_authorised);
    for (const int code : {11, 18, 334, 391, 8000})
        EXPECT_EQ(refused(code), ErrorCode::target_authentication) << code;
    for (const int code : {50, 262}) EXPECT_EQ(refused(code), ErrorCode::target_timeout) << code;
    for (const int code : {0, 2, 26, 27, 67, 72, 85, 86, 10107, 11000})
        EXPECT_EQ(refused(code), ErrorCode::target_refused) << code;
    for (const int code : {89, 91, 189, 202, 11600, 11602}) {
        EXPECT_EQ(refused(code), ErrorCode::target_refused) << code;
        EXPECT_EQ(refused(code, change), ErrorCode::target_outcome_unknown) << code;
    }
}

TEST(ErrorFence, TheServersWordsAreKept) {
    const auto reply =
        bson::parse_json(
            R"({"ok": 0, "errmsg": "not authorized on t to execute command { listIndexes: \"c\" }",)"
            R"("code": 13, "codeName": "Unauthorized"})")
            .value();
    const Error error = refusal(reply.view(), question);
    ASSERT_TRUE(error.server);
    EXPECT_EQ(error.server->code, 13);
    EXPECT_EQ(error.server->name, "Unauthorized");
    EXPECT_EQ(error.message, "listIndexes needs the privilege listIndexes on t.c");
}

TEST(ErrorFence, WhoDidNotSayWhoHeIsAndWhoMayNotAreToldApart) {
    const auto code = [](const char* reply) {
        return refusal(bson::parse_json(reply).value().view(), question).code;
    };
    EXPECT_EQ(code(R"({"ok": 0, "errmsg": "Command listIndexes requires authentication", "code": 13})"),
              ErrorCode::target_authentication);
    EXPECT_EQ(code(R"({"ok": 0, "errmsg": "bad auth : authentication failed", "code": 8000})"),
              ErrorCode::target_authentication);
    EXPECT_EQ(
        code(R"({"ok": 0, "errmsg": "user is not allowed to do action [find] on [a.b]", "code": 8000})"),
        ErrorCode::target_not_authorised);
}

TEST(ErrorFence, ADriverErrorWithAReplyUsesTheWholeReply) {
    const auto reply =
        bson::parse_json(R"({"ok": 0, "errmsg": "gone", "code": 26, "codeName": "NamespaceNotFound"})")
            .value();
    const bson_t raw = reply.view().raw();
    const Failure failure = translate(driver_error(MONGOC_ERROR_SERVER, 26, "gon"), &raw, question);
    EXPECT_EQ(failure.error.server, (ServerReply{26, "NamespaceNotFound", "gone"}));
    EXPECT_EQ(translate(driver_error(MONGOC_ERROR_SERVER, 26, "gone"), nullptr, question).error.server,
              (ServerReply{26, "", "gone"}));
}

TEST(ErrorFence, SelectionTellsSilentFromAbsent) {
    const auto code = [](const char* text) {
        return translate(
                   driver_error(MONGOC_ERROR_SERVER_SELECTION, MONGOC_ERROR_SERVER_SELECTION_FAILURE, text),
                   nullptr, change)
            .error.code;
    };
    EXPECT_EQ(code("No suitable servers found: `serverSelectionTimeoutMS` expired: [connection refused "
                   "calling hello on 'h:1']"),
              ErrorCode::target_unreachable);
    EXPECT_EQ(code("No suitable servers found: `serverSelectionTimeoutMS` expired: [Failed to resolve 'h']"),
              ErrorCode::target_unreachable);
    EXPECT_EQ(code("No suitable servers found: `serverSelectionTimeoutMS` expired: [socket timeout calling "
                   "hello on 'h:1']"),
              ErrorCode::target_timeout);
}

// What happened is said in our words; those of the library are only quoted.
TEST(ErrorFence, OurWordsComeFirst) {
    const auto text = [](std::uint32_t domain, std::uint32_t code, const char* words) {
        return translate(driver_error(domain, code, words), nullptr, question).error.message;
    };
    EXPECT_EQ(text(MONGOC_ERROR_SERVER_SELECTION, MONGOC_ERROR_SERVER_SELECTION_FAILURE, "none [refused]"),
              "listIndexes: no host could be reached (the MongoDB driver: none [refused])");
    EXPECT_EQ(text(MONGOC_ERROR_SERVER_SELECTION, MONGOC_ERROR_SERVER_SELECTION_FAILURE, "none [timeout]"),
              "listIndexes: a host took the connection, but did not answer in time (the MongoDB driver: none "
              "[timeout])");
    EXPECT_EQ(text(MONGOC_ERROR_CLIENT, MONGOC_ERROR_CLIENT_AUTHENTICATE, "x"),
              "listIndexes: the user or the password is refused (the MongoDB driver: x)");
    EXPECT_EQ(
        text(MONGOC_ERROR_PROTOCOL, MONGOC_ERROR_PROTOCOL_BAD_WIRE_VERSION, "x"),
        "listIndexes: the MongoDB driver does not speak to servers of this version (the MongoDB driver: x)");
    EXPECT_EQ(text(MONGOC_ERROR_STREAM, MONGOC_ERROR_STREAM_SOCKET, "x"),
              "listIndexes: the connection broke (the MongoDB driver: x)");
    EXPECT_EQ(text(MONGOC_ERROR_COMMAND, MONGOC_ERROR_COMMAND_INVALID_ARG, "x"),
              "listIndexes: the MongoDB driver failed (the MongoDB driver: x)");
}

TEST(ErrorFence, ABrokenConnectionIsAQuestionAgainAndALostWrite) {
    const auto broken =
        driver_error(MONGOC_ERROR_STREAM, MONGOC_ERROR_STREAM_SOCKET, "socket error or timeout");
    EXPECT_EQ(translate(broken, nullptr, question).kind, Failure::Kind::broken_connection);
    EXPECT_EQ(translate(broken, nullptr, question).error.code, ErrorCode::target_unreachable);
    EXPECT_EQ(translate(broken, nullptr, change).error.code, ErrorCode::target_outcome_unknown);
    EXPECT_EQ(translate(broken, nullptr, change).kind, Failure::Kind::other);

    Attempt slow = question;
    slow.elapsed = slow.socket_timeout;
    EXPECT_EQ(translate(broken, nullptr, slow).error.code, ErrorCode::target_timeout);
    EXPECT_EQ(translate(broken, nullptr, slow).kind, Failure::Kind::other);
    slow.nature = Nature::write;
    EXPECT_EQ(translate(broken, nullptr, slow).error.code, ErrorCode::target_outcome_unknown);
}

TEST(ErrorFence, WhatWasNeverSentIsNotUnknown) {
    for (const std::uint32_t code : {MONGOC_ERROR_STREAM_NAME_RESOLUTION, MONGOC_ERROR_STREAM_CONNECT,
                                     MONGOC_ERROR_STREAM_NOT_ESTABLISHED}) {
        EXPECT_EQ(translate(driver_error(MONGOC_ERROR_STREAM, code, "x"), nullptr, change).error.code,
                  ErrorCode::target_unreachable);
    }
    EXPECT_EQ(
        translate(driver_error(MONGOC_ERROR_CLIENT, MONGOC_ERROR_CLIENT_AUTHENTICATE, "x"), nullptr, change)
            .error.code,
        ErrorCode::target_authentication);
    EXPECT_EQ(
        translate(driver_error(MONGOC_ERROR_SCRAM, MONGOC_ERROR_SCRAM_PROTOCOL_ERROR, "x"), nullptr, change)
            .error.code,
        ErrorCode::target_authentication);
    EXPECT_EQ(
        translate(driver_error(MONGOC_ERROR_COMMAND, MONGOC_ERROR_COMMAND_INVALID_ARG, "x"), nullptr, change)
            .error.code,
        ErrorCode::internal);
}

}  // namespace
}  // namespace mim::drivers::mongoc
