#include "drivers/redis/reply.hpp"

#include <gtest/gtest.h>

namespace mim::redis {
namespace {

TEST(RedisReply, ComesOutOfAnyPiecesOfBytes) {
    const std::string bytes = "*4\r\n:42\r\n$5\r\na\r\nbc\r\n$-1\r\n-ERR no\r\n";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        ReplyReader reader;
        std::optional<Reply> found;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            ASSERT_FALSE(found);
            reader.feed(std::string_view(bytes).substr(at, piece));
            auto next = reader.next();
            ASSERT_TRUE(next);
            found = std::move(*next);
        }
        ASSERT_TRUE(found);
        ASSERT_EQ(found->list.size(), 4U);
        EXPECT_EQ(found->list[0].integer, 42);
        EXPECT_EQ(found->list[1].text, "a\r\nbc");
        EXPECT_EQ(found->list[2].kind, Reply::Kind::nothing);
        EXPECT_TRUE(found->list[3].is_error("ERR"));
    }
}

TEST(RedisReply, AnotherProtocolIsAnError) {
    ReplyReader reader;
    reader.feed("HTTP/1.1 400 Bad Request\r\n\r\n");
    const auto next = reader.next();
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().code, ErrorCode::not_ready);
}

TEST(RedisCommand, KeepsEveryByte) {
    EXPECT_EQ(encode({"SET", std::string("a\0b", 3), ""}),
              std::string("*3\r\n$3\r\nSET\r\n$3\r\na\0b\r\n$0\r\n\r\n", 28));
}

}  // namespace
}  // namespace mim::redis
