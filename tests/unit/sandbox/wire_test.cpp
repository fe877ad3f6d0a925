#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "sandbox/wire/crc32c.hpp"
#include "sandbox/wire/message.hpp"
#include "sandbox/wire/nesting.hpp"

namespace mim::sandbox::wire {
namespace {

using Bytes = std::vector<std::uint8_t>;

void put(Bytes& out, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::uint8_t>(number >> shift));
}

Bytes operator+(Bytes left, const Bytes& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

Bytes bytes_of(const bson::Document& document) {
    return {document.bytes().begin(), document.bytes().end()};
}

Bytes framed(std::uint32_t op_code, const Bytes& body) {
    Bytes out;
    put(out, static_cast<std::uint32_t>(header_size + body.size()));
    put(out, 7);
    put(out, 0);
    put(out, op_code);
    return out + body;
}

Bytes op_msg(std::uint32_t flags, const Bytes& sections) {
    Bytes body;
    put(body, flags);
    return framed(2013, body + sections);
}

Bytes body_section(const bson::Document& document) {
    return Bytes{0} + bytes_of(document);
}

Bytes sequence_section(std::string_view name, const std::vector<bson::Document>& documents) {
    Bytes content(name.begin(), name.end());
    content.push_back(0);
    for (const auto& document : documents) content = content + bytes_of(document);
    Bytes section{1};
    put(section, static_cast<std::uint32_t>(content.size() + 4));
    return section + content;
}

bson::Document ping() {
    return bson::Builder().add("ping", 1).add("$db", "admin").take();
}

TEST(Wire, ReadsABodyWithItsDatabase) {
    const auto message = parse(op_msg(0, body_section(ping())));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->request_id, 7);
    EXPECT_EQ(message->database, "admin");
    EXPECT_EQ(message->body, ping());
    EXPECT_EQ(message->wants, Message::Wants::reply);
}

TEST(Wire, PutsDocumentSequencesIntoTheBody) {
    const auto one = bson::Builder().add("_id", 1).take(), two = bson::Builder().add("_id", 2).take();
    const auto message = parse(op_msg(0, sequence_section("documents", {one, two}) + body_section(ping())));
    ASSERT_TRUE(message);
    const auto documents = message->body.find("documents");
    ASSERT_TRUE(documents);
    EXPECT_EQ(documents->type(), bson::Type::array);
    EXPECT_EQ(documents->document()->size(), 2U);
}

TEST(Wire, ChecksTheChecksum) {
    constexpr std::uint32_t checksum_present = 1;
    Bytes right = op_msg(checksum_present, body_section(ping()) + Bytes(4, 0));
    const auto sum = crc32c(std::span(right).first(right.size() - 4));
    Bytes tail;
    put(tail, sum);
    std::copy(tail.begin(), tail.end(), right.end() - 4);
    EXPECT_TRUE(parse(right));
    right.back() = static_cast<std::uint8_t>(right.back() ^ 1U);
    EXPECT_FALSE(parse(right));
}

TEST(Wire, ChecksumIsTheKnownOne) {
    const std::string digits = "123456789";  // the check value of CRC-32C
    EXPECT_EQ(crc32c({reinterpret_cast<const std::uint8_t*>(digits.data()), digits.size()}), 0xE3069283U);
}

TEST(Wire, KnowsAMessageThatWantsNoReply) {
    constexpr std::uint32_t more_to_come = 2;
    EXPECT_EQ(parse(op_msg(more_to_come, body_section(ping())))->wants, Message::Wants::nothing);
}

TEST(Wire, IgnoresOptionalFlagsAndRefusesRequiredOnes) {
    EXPECT_TRUE(parse(op_msg(1U << 16U, body_section(ping()))));
    EXPECT_FALSE(parse(op_msg(1U << 2U, body_section(ping()))));
}

TEST(Wire, ReadsTheElderHandshake) {
    Bytes body;
    put(body, 0);
    const std::string name = "admin.$cmd";
    body = body + Bytes(name.begin(), name.end()) + Bytes{0};
    put(body, 0);
    put(body, 0xFFFFFFFFU);
    const auto message = parse(framed(2004, body + bytes_of(bson::Builder().add("isMaster", 1).take())));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->form, Form::op_query);
    EXPECT_EQ(message->database, "admin");
}

TEST(Wire, EveryTruncationIsRefused) {
    const Bytes whole = op_msg(0, sequence_section("documents", {ping()}) + body_section(ping()));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_FALSE(parse(cut)) << length;
        if (length < header_size) continue;
        cut[0] = static_cast<std::uint8_t>(length);  // even when the header tells the truth
        EXPECT_FALSE(parse(cut)) << length;
    }
}

TEST(Wire, RefusesWhatIsNotOneWholeMessage) {
    const auto no_database = bson::Builder().add("ping", 1).take();
    for (const auto& bad :
         {op_msg(0, {}), op_msg(0, Bytes{2}), op_msg(0, body_section(ping()) + body_section(ping())),
          op_msg(0, body_section(no_database)), framed(2012, {}),
          op_msg(0, body_section(ping()) + sequence_section("ping", {ping()})),
          op_msg(0, body_section(ping()) + sequence_section("\xE4ocuments", {ping()}))})
        EXPECT_FALSE(parse(bad));
}

TEST(Wire, AnnouncedLengthIsBounded) {
    Bytes header(header_size, 0);
    EXPECT_FALSE(announced_length(header));
    header[0] = 16;
    EXPECT_EQ(announced_length(header).value(), 16U);
    header[3] = 0x7F;
    EXPECT_FALSE(announced_length(header));
    header[3] = 0xFF;
    EXPECT_FALSE(announced_length(header));
}

TEST(Wire, DeepNestingIsFoundWithoutRecursion) {
    bson::Document document;
    for (int level = 1; level < deepest_nesting; ++level)
        document = bson::Builder().add("a", document).take();
    EXPECT_TRUE(nesting_is_bounded(document.bytes()));
    EXPECT_FALSE(nesting_is_bounded(bson::Builder().add("a", document).take().bytes()));
}

TEST(Wire, RepliesInTheFormOfTheQuestion) {
    const auto message = encode_reply(Form::op_msg, 9, ping());
    EXPECT_EQ(message.size(), header_size + 5 + ping().bytes().size());
    EXPECT_EQ(parse(message)->body, ping());
    const auto reply = encode_reply(Form::op_query, 9, ping());
    EXPECT_EQ(reply.size(), header_size + 20 + ping().bytes().size());
    EXPECT_EQ(reply[8], 9);
}

}  // namespace
}  // namespace mim::sandbox::wire
