#include "drivers/mongoc/error.hpp"

#include <cstring>

#include <gtest/gtest.h>

#include "bson/builder.hpp"
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

TEST(ErrorFence, LabelsTellWhatBecameOfATransaction) {
    using Label = Failure::Label;
    const auto label = [](const char* reply) {
        const auto document = bson::parse_json(reply).value();
        const bson_t raw = document.view().raw();
        return translate(driver_error(MONGOC_ERROR_SERVER, 112, "no"), &raw, change).label;
    };
    EXPECT_EQ(label(R"({"ok": 0, "errmsg": "no", "code": 112})"), Label::none);
    EXPECT_EQ(label(R"({"ok": 0, "errmsg": "no", "code": 112, "errorLabels": ["RetryableWriteError"]})"),
              Label::none);
    EXPECT_EQ(
        label(R"({"ok": 0, "errmsg": "no", "code": 112, "errorLabels": ["TransientTransactionError"]})"),
        Label::transient_transaction);
    EXPECT_EQ(
        label(R"({"ok": 0, "errmsg": "no", "code": 50, "errorLabels": ["UnknownTransactionCommitResult"]})"),
        Label::unknown_commit);
    // What may stand is not called undone.
    EXPECT_EQ(label(R"({"ok": 0, "errmsg": "no", "code": 91,
                        "errorLabels": ["TransientTransactionError", "UnknownTransactionCommitResult"]})"),
              Label::unknown_commit);
    EXPECT_EQ(translate(driver_error(MONGOC_ERROR_SERVER, 112, "no"), nullptr, change).label, Label::none);
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

TEST(Clean, WritesOutWhatATerminalOrALogWouldObey) {
    EXPECT_EQ(clean("no \x1b[31m\r\n\t\x7f"), "no \\x1b[31m\\x0d\\x0a\\x09\\x7f");
    EXPECT_EQ(clean("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
              "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
    EXPECT_EQ(clean("\xc2\x9b"), "\\xc2\\x9b") << "a control character of two bytes";
    EXPECT_EQ(clean("a\xff\xc3"), "a\\xff\\xc3") << "no UTF-8";
    EXPECT_EQ(clean(std::string_view("a\0b", 3)), "a\\x00b");
}

TEST(Clean, KeepsNoMoreThanAKibibyteWithTheBeginningAndTheEnd) {
    EXPECT_EQ(clean(std::string(1'024, 'x')), std::string(1'024, 'x'));
    const std::string told = clean("failed: " + std::string(5'000, 'x') + " :: caused by :: no such locale");
    EXPECT_EQ(told.size(), 1'024U);
    EXPECT_TRUE(told.starts_with("failed: xxx")) << told;
    EXPECT_TRUE(told.ends_with("xxx :: caused by :: no such locale")) << told;
    EXPECT_NE(told.find("x \xe2\x80\xa6 x"), std::string::npos) << told;
}

TEST(Clean, CutsNoCharacter) {
    const std::string euro = "\xe2\x82\xac";
    for (std::size_t before = 0; before < 4; ++before) {
        std::string text(before, 'x');
        for (int count = 0; count < 700; ++count) text += euro;
        const std::string told = clean(text);
        EXPECT_LE(told.size(), 1'024U);
        EXPECT_GT(told.size(), 1'010U);
        EXPECT_EQ(told.find("\\x"), std::string::npos) << told;
    }
    const std::string odd = clean(std::string(3'000, '\n'));
    EXPECT_LE(odd.size(), 1'024U);
    EXPECT_TRUE(odd.ends_with("\\x0a\\x0a")) << odd;
    EXPECT_LE(clean(std::string(3'000, '\x80')).size(), 1'024U);
}

TEST(Refusal, OfAServerIsCleanInEveryPart) {
    const auto reply = bson::Builder()
                           .add("code", 1)
                           .add("codeName", "Bad\nName")
                           .add("errmsg", "line\n" + std::string(3'000, 'x'))
                           .take();
    const Error error = refusal(reply.view(), Attempt{"listIndexes"});
    EXPECT_EQ(error.server->name, "Bad\\x0aName");
    EXPECT_TRUE(error.server->message.starts_with("line\\x0a"));
    EXPECT_LE(error.server->message.size(), 1'024U);
}

bson_error_t selection_error(const char* text) {
    bson_error_t error{};
    bson_set_error(&error, MONGOC_ERROR_SERVER_SELECTION, MONGOC_ERROR_SERVER_SELECTION_FAILURE, "%s", text);
    return error;
}

TEST(TranslateWithConversation, WhatStreamsToldWinsOverLibmongocsText) {
    const auto error =
        selection_error("No suitable servers found: [unknown connection error calling hello on 'h:1']");
    Conversation told{Terms{}};
    told.begin(Deadline::after(std::chrono::milliseconds(1'000)));
    using Kind = Conversation::Trouble::Kind;
    told.note_trouble({Kind::unreachable, "h:1", "TLS handshake failed"});
    const auto broken = translate(error, nullptr, Attempt{"ping"}, told);
    EXPECT_EQ(broken.error.code, ErrorCode::target_unreachable);
    EXPECT_EQ(broken.error.message, "ping: no host could be reached ('h:1': TLS handshake failed)");
    told.object("it is denied");
    EXPECT_EQ(translate(error, nullptr, Attempt{"ping"}, told).error.code, ErrorCode::target_not_allowed);
    told.begin(Deadline::after(std::chrono::milliseconds(1'000)));
    told.note_trouble({Kind::silent, "h:1", "no answer in time"});
    EXPECT_EQ(translate(error, nullptr, Attempt{"ping"}, told).error.code, ErrorCode::target_timeout);
}

// libmongoc asks no host twice within a short time, and then says of none what ailed it.
TEST(TranslateWithConversation, ASignInWithoutAnAnswerIsNotARefusedPassword) {
    bson_error_t error{};
    bson_set_error(&error, MONGOC_ERROR_CLIENT, MONGOC_ERROR_CLIENT_AUTHENTICATE, "%s",
                   "Failed to send \"saslContinue\" command with database \"admin\"");
    Conversation told{Terms{}};
    const auto soon = Deadline::after(std::chrono::milliseconds(1'000));
    told.begin(soon);
    using Kind = Conversation::Trouble::Kind;
    EXPECT_EQ(translate(error, nullptr, Attempt{"hello"}, told).error.code, ErrorCode::target_authentication);
    told.note_unanswered_sign_in({Kind::silent, "h:1", "did not answer the sign-in in time"});
    const auto silent = translate(error, nullptr, Attempt{"hello"}, told);
    EXPECT_EQ(silent.error.code, ErrorCode::target_timeout);
    EXPECT_EQ(silent.error.message, "hello: 'h:1' did not answer the sign-in in time");
    told.note_unanswered_sign_in({Kind::unreachable, "h:1", "closed the connection during the sign-in"});
    EXPECT_EQ(translate(error, nullptr, Attempt{"hello"}, told).error.code, ErrorCode::target_unreachable);
    told.look_again(soon);
    EXPECT_EQ(translate(error, nullptr, Attempt{"hello"}, told).error.code, ErrorCode::target_authentication);
}

TEST(TranslateWithConversation, WhatAiledAHostIsKnownWhenItIsLookedForAgain) {
    const auto error = selection_error("No servers yet eligible for rescan");
    const auto soon = Deadline::after(std::chrono::milliseconds(1'000));
    Conversation told{Terms{}};
    told.begin(soon);
    using Kind = Conversation::Trouble::Kind;
    told.note_trouble({Kind::unreachable, "x:1", "is not known"});
    told.note_trouble({Kind::unreachable, "h:1", "connection refused"});
    told.look_again(soon);
    told.note_standalone("h:1", "");
    EXPECT_FALSE(told.was_greeted());
    const auto failure = translate(error, nullptr, Attempt{"hello"}, told);
    EXPECT_EQ(failure.error.code, ErrorCode::target_unreachable);
    EXPECT_EQ(
        failure.error.message,
        "hello: no host could be reached ('x:1': is not known; 'h:1': is a standalone server: it must be the "
        "only host of its connection string, and without `replicaSet`)");
    told.begin(soon);
    EXPECT_TRUE(told.troubles().empty());
}

TEST(TranslateWithConversation, WantOfRoomIsNothingOfTheServers) {
    bson_error_t error{};
    bson_set_error(&error, MONGOC_ERROR_STREAM, MONGOC_ERROR_STREAM_SOCKET, "%s", "Failed to read 4 bytes");
    Conversation told{Terms{}};
    told.begin(Deadline::after(std::chrono::milliseconds(1'000)));
    told.note_no_room("try again", Question::command);
    const auto read = translate(error, nullptr, Attempt{"aggregate"}, told).error;
    EXPECT_EQ(read.code, ErrorCode::not_ready);
    EXPECT_GT(read.retry_after.count(), 0);
    EXPECT_EQ(translate(error, nullptr, Attempt{"createIndexes", Nature::write}, told).error.code,
              ErrorCode::target_outcome_unknown);
}

TEST(TranslateWithConversation, MembersThatGreetAreNotOutOfReach) {
    const auto error = selection_error("No suitable servers found");
    const auto soon = Deadline::after(std::chrono::milliseconds(1'000));
    Conversation told{Terms{}};
    told.begin(soon);
    told.note_greeting(Conversation::Role::other, "");
    const auto lonely = translate(error, nullptr, Attempt{"ping"}, told);
    EXPECT_EQ(lonely.error.code, ErrorCode::target_unreachable);
    EXPECT_EQ(lonely.error.message,
              "ping: members of the replica set answer, and none of them is the primary now");
    told.note_trouble({Conversation::Trouble::Kind::unreachable, "h:1", "connection refused"});
    EXPECT_EQ(translate(error, nullptr, Attempt{"ping"}, told).error.message,
              "ping: members of the replica set answer, and none of them is the primary now "
              "('h:1': connection refused)");
    told.note_greeting(Conversation::Role::writable, "");
    EXPECT_EQ(translate(error, nullptr, Attempt{"ping"}, told).error.message,
              "ping: no host could be reached ('h:1': connection refused)");
}

TEST(TranslateWithConversation, ABreachLeavesTheOutcomeOfASentWriteUnknown) {
    bson_error_t error{};
    bson_set_error(&error, MONGOC_ERROR_STREAM, MONGOC_ERROR_STREAM_SOCKET, "socket error");
    Conversation told{Terms{}};
    told.begin(Deadline::after(std::chrono::milliseconds(1'000)));
    told.note_breach("'h:1' breaks the protocol", Question::command);
    EXPECT_EQ(translate(error, nullptr, Attempt{"ping"}, told).error.code, ErrorCode::target_refused);
    EXPECT_EQ(translate(error, nullptr, Attempt{"createIndexes", Nature::write}, told).error.code,
              ErrorCode::target_outcome_unknown);
    told.note_breach("'h:1' breaks the protocol", Question::greeting);
    EXPECT_EQ(translate(error, nullptr, Attempt{"createIndexes", Nature::write}, told).error.code,
              ErrorCode::target_refused)
        << "it was not sent yet";
}

}  // namespace
}  // namespace mim::drivers::mongoc
