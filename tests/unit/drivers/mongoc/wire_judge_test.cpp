#include "drivers/mongoc/wire_judge.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "source_folder.hpp"

namespace mim::drivers::mongoc {
namespace {

using namespace std::string_literals;
using State = WireJudge::State;

constexpr std::int32_t asked = 7;

std::string number(std::int64_t value) {
    std::string out;
    for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

std::string bytes_of(const std::string& json) {
    const auto document = bson::parse_json(json);
    EXPECT_TRUE(document) << json;
    return document->byte_string();
}

struct Head {
    std::int64_t length = -1;  // what it is, unless said otherwise
    std::int32_t answers = asked;
    std::int32_t operation = 2013;
};

std::string framed(const std::string& body, const Head& head) {
    const std::int64_t length = head.length < 0 ? static_cast<std::int64_t>(16 + body.size()) : head.length;
    return number(length) + number(1) + number(head.answers) + number(head.operation) + body;
}

std::string message(const std::string& document, const Head& head = {}) {
    return framed(number(0) + "\0"s + document, head);
}

std::string reply(const std::string& document, std::int32_t count = 1, std::int32_t flags = 8) {
    return framed(number(flags) + number(0) + number(0) + number(0) + number(count) + document,
                  {.operation = 1});
}

void take(WireJudge& judge, std::string_view frame, std::size_t piece) {
    while (!frame.empty() && judge.lacking() > 0) {
        const std::size_t length = std::min({piece, judge.lacking(), frame.size()});
        judge.take({reinterpret_cast<const std::uint8_t*>(frame.data()), length});
        frame.remove_prefix(length);
    }
}

WireJudge judged(const std::string& frame, Question question = Question::command,
                 Request::Form form = Request::Form::message, std::size_t piece = 1'000'000) {
    WireJudge judge;
    judge.expect({form, asked, question});
    take(judge, frame, piece);
    return judge;
}

void expect_refused(const std::string& name, const WireJudge& judge, std::string_view reason) {
    EXPECT_EQ(judge.state(), State::refused) << name;
    EXPECT_NE(judge.reason().find(reason), std::string::npos) << name << ": " << judge.reason();
    EXPECT_EQ(judge.lacking(), 0U) << name;
}

std::string from_hex(const std::string& hex) {
    std::string out;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
        out += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
    return out;
}

TEST(WireJudge, WhatARealServerAnswersPassesHoweverItArrives) {
    std::ifstream file(tests::source_folder() / "tests/golden/wire/real_answers.txt");
    std::size_t count = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream words(line);
        std::string name, question, form, id, hex;
        words >> name >> question >> form >> id >> hex;
        const Request request{form == "query" ? Request::Form::query : Request::Form::message, std::stoi(id),
                              question == "greeting"  ? Question::greeting
                              : question == "sign_in" ? Question::sign_in
                                                      : Question::command};
        const std::string frame = from_hex(hex);
        for (const std::size_t piece : {1UL, 7UL, 16UL, 100'000UL}) {
            WireJudge judge;
            judge.expect(request);
            take(judge, frame, piece);
            EXPECT_EQ(judge.state(), State::complete) << name << ": " << judge.reason();
            EXPECT_EQ(judge.frame().size(), frame.size()) << name;
        }
        ++count;
    }
    EXPECT_GE(count, 20U);
}

TEST(WireJudge, SaysHowMuchItLacksAndNeverWantsTheNextFrame) {
    const std::string frame = message(bytes_of(R"({"ok": 1})"));
    WireJudge judge;
    judge.expect({Request::Form::message, asked, Question::command});
    EXPECT_EQ(judge.lacking(), 16U);
    take(judge, frame.substr(0, 10), 10);
    EXPECT_EQ(judge.lacking(), 6U);
    take(judge, frame.substr(10, 6), 6);
    EXPECT_EQ(judge.lacking(), frame.size() - 16);
    take(judge, frame.substr(16) + frame, 1'000);
    EXPECT_EQ(judge.state(), State::complete);
    EXPECT_EQ(judge.lacking(), 0U);
    judge.release();
    EXPECT_EQ(judge.lacking(), 16U);
}

TEST(WireJudge, RefusesFramesThatNoServerSends) {
    const std::string good = bytes_of(R"({"ok": 1})");
    expect_refused(
        "no question",
        [&] {
            WireJudge judge;
            take(judge, message(good), 1'000);
            return judge;
        }(),
        "without having been asked");
    expect_refused("compressed",
                   judged(framed(number(2013) + number(1'900'000'000) + "\x02"s + good, {.operation = 2012})),
                   "compresses");
    expect_refused("of 20 bytes", judged(framed(number(0), {.length = 20})), "20 bytes");
    expect_refused("of 16 bytes", judged(framed("", {.length = 16})), "16 bytes");
    expect_refused("of 0 bytes", judged(framed("", {.length = 0})), "0 bytes");
    expect_refused("of less than nothing", judged(framed("", {.length = 0xffffffff})), "-1 bytes");
    expect_refused("of 2 GiB", judged(framed("", {.length = 0x7fffffff})), "at most");
    expect_refused("another operation", judged(message(good, {.operation = 2004})), "operation 2004");
    expect_refused("an answer to something else", judged(message(good, {.answers = 8})), "was not asked");
    expect_refused("flags", judged(framed(number(2) + "\0"s + good, {})), "flags 2");
    expect_refused("a sequence", judged(framed(number(0) + "\x01"s + good, {})), "kind 1");
    expect_refused("two sections", judged(framed(number(0) + "\0"s + good + "\0"s + good, {})), "not BSON");
    expect_refused("an old answer to a new question", judged(reply(good)), "operation 1");
    expect_refused("no document", judged(reply(good, 0), Question::greeting, Request::Form::query),
                   "0 documents");
    expect_refused("a million documents",
                   judged(reply(good, 1'000'000), Question::greeting, Request::Form::query),
                   "1000000 documents");
    expect_refused("flags of old", judged(reply(good, 1, 1), Question::greeting, Request::Form::query),
                   "flags 1");
    std::string without_end = good;
    without_end.back() = '\x01';
    expect_refused("no end", judged(message(without_end)), "not BSON");
}

TEST(WireJudge, AStrangersGreetingIsShort) {
    const std::string greeting = framed("", {.length = 1'000'000});
    expect_refused("a greeting", judged(greeting, Question::greeting), "at most 262144");
    expect_refused("signing in", judged(greeting, Question::sign_in), "at most 65536");
    EXPECT_EQ(judged(greeting).state(), State::incomplete);
}

TEST(WireJudge, AnnouncingMuchHoldsNothing) {
    const auto judge = judged(framed("", {.length = 16 * 1024 * 1024}));
    EXPECT_EQ(judge.state(), State::incomplete);
    EXPECT_LE(judge.held(), 1'024U);
}

TEST(WireJudge, RefusesAnswersThatLibmongocWouldNotSurvive) {
    for (const char* json :
         {R"({"ok": 0, "errmsg": "no", "code": 0})",
          R"({"ok": 0, "errmsg": "no", "code": {"$numberLong": "4294967296"}})",
          R"({"ok": 0, "errmsg": "no", "code": 0.5})",
          R"({"ok": 0, "errmsg": "no", "code": {"$numberDouble": "NaN"}})",
          R"({"ok": 0, "errmsg": 5, "code": 1})", R"({"ok": "yes"})",
          R"({"ok": 1, "writeConcernError": {"code": 0, "errmsg": "x"}})",
          R"({"ok": 1, "writeConcernError": 5})", R"({"ok": 1, "writeErrors": [5]})",
          R"({"ok": 1, "errorLabels": [1]})", R"({"ok": 1, "$clusterTime": {"clusterTime": 5}})",
          R"({"ok": 1, "operationTime": 5})"})
        expect_refused(json, judged(message(bytes_of(json))), "malformed");
}

TEST(WireJudge, RefusesGreetingsThatAreNone) {
    std::string hosts;
    for (int i = 0; i <= 50; ++i) hosts += (i == 0 ? "\"h" : ", \"h") + std::to_string(i) + ":1\"";
    const std::string long_name(400, 'h');
    for (
        const std::string& json :
        {R"({"ok": 1, "speculativeAuthenticate": 1})"s, R"({"ok": 1, "speculativeAuthenticate": []})"s,
         R"({"ok": 1, "speculativeAuthenticate": {"payload": {"$binary": {"base64": "aT0yMDAwMDAwMDAw", "subType": "00"}}}})"s,
         R"({"ok": 1, "hosts": 5})"s, R"({"ok": 1, "hosts": [5]})"s,
         "{\"ok\": 1, \"hosts\": [" + hosts + "]}", "{\"ok\": 1, \"me\": \"" + long_name + "\"}",
         R"({"ok": 1, "setName": 5})"s, R"({"ok": 1, "me": "a\u0000b"})"s,
         R"({"ok": 1, "compression": [1]})"s, R"({"ok": 1, "tags": {"a": 1}})"s,
         R"({"ok": 1, "maxBsonObjectSize": -1})"s, R"({"ok": 1, "maxMessageSizeBytes": 0})"s,
         R"({"ok": 1, "lastWrite": {}})"s, R"({"ok": 1, "electionId": 5})"s,
         R"({"ok": 1, "topologyVersion": 5})"s, R"({"ok": 1, "saslSupportedMechs": ["a", 5]})"s,
         R"({"ok": 1, "logicalSessionTimeoutMinutes": {"$numberDouble": "NaN"}})"s})
        for (const auto form : {Request::Form::message, Request::Form::query}) {
            const std::string document = bytes_of(json);
            const std::string frame = form == Request::Form::query ? reply(document) : message(document);
            EXPECT_EQ(judged(frame, Question::greeting, form).state(), State::refused) << json;
        }
}

// libmongoc keeps a member that it cannot read without an address, and ends the process at the next one.
TEST(WireJudge, TakesOnlyMembersThatCanBeConnectedTo) {
    const auto with = [](const std::string& list, const std::string& member) {
        const std::string json = R"({"ok": 1, ")" + list + R"(": ["a:1", ")" + member + R"("]})";
        return judged(message(bytes_of(json)), Question::greeting).state();
    };
    for (const std::string list : {"hosts", "passives", "arbiters"}) {
        for (const std::string member :
             {"db1.example.com:27017", "db_1", "A:1", "10.0.0.1:65535", "[::1]:27017", "[2001:db8::1]",
              "[fe80::1%eth0]:1", "b\u00fccher.example:1"})
            EXPECT_EQ(with(list, member), State::complete) << list << " " << member;
        for (const std::string member : {"",
                                         ":1",
                                         "a:",
                                         "a:0",
                                         "a:70000",
                                         "a:1x",
                                         "a:1:2",
                                         "a: 1",
                                         "::1",
                                         "[::1",
                                         "a]b",
                                         "a[b",
                                         "[]",
                                         "[x]:1",
                                         "a b",
                                         R"(a\u0001)",
                                         "/tmp/mongodb.sock",
                                         "a,b:1",
                                         "u@h:1",
                                         "a%41:1"})
            EXPECT_EQ(with(list, member), State::refused) << list << " " << member;
    }
    EXPECT_EQ(with("hosts", std::string(256, 'h') + ":1"), State::refused);
}

TEST(WireJudge, BoundsWhatSigningInCosts) {
    const auto with = [](const std::string& payload) {
        return judged(message(bytes_of("{\"ok\": 1, \"conversationId\": 1, \"done\": false, \"payload\": \"" +
                                       payload + "\"}")),
                      Question::sign_in);
    };
    EXPECT_EQ(with("r=abc,s=def,i=15000").state(), State::complete);
    EXPECT_EQ(with("v=abc").state(), State::complete);
    for (const char* payload : {"r=abc,s=def,i=2000000000", "r=abc,s=def,i=99999999999999999999", "i=-5",
                                "i=", "i=1x", "i=4096,i=2000000000"})
        expect_refused(payload, with(payload), "payload");
    expect_refused("a long one", with(std::string(4'000, 'x')), "payload");
}

TEST(Request, IsReadFromItsFirstBytes) {
    const auto question_of = [](const std::string& frame) {
        return request_in({reinterpret_cast<const std::uint8_t*>(frame.data()), frame.size()});
    };
    const auto hello = question_of(message(bytes_of(R"({"hello": 1})")));
    ASSERT_TRUE(hello);
    EXPECT_EQ(hello->question, Question::greeting);
    EXPECT_EQ(hello->id, 1);
    const auto old = question_of(
        framed(number(4) + "admin.$cmd\0"s + number(0) + number(-1) + bytes_of(R"({"isMaster": 1})"),
               {.operation = 2004}));
    ASSERT_TRUE(old);
    EXPECT_EQ(old->form, Request::Form::query);
    EXPECT_EQ(old->question, Question::greeting);
    EXPECT_EQ(question_of(message(bytes_of(R"({"saslContinue": 1})")))->question, Question::sign_in);
    EXPECT_EQ(question_of(message(bytes_of(R"({"listIndexes": "saslStart"})")))->question, Question::command);
    EXPECT_FALSE(question_of(framed("", {})));
    EXPECT_FALSE(question_of(framed(number(0), {.operation = 2007})));
}

}  // namespace
}  // namespace mim::drivers::mongoc
