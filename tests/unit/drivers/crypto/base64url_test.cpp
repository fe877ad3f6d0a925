#include "drivers/crypto/base64url.hpp"

#include <set>

#include <gtest/gtest.h>

#include "drivers/crypto/random.hpp"

namespace mim::drivers::crypto {
namespace {

TEST(Base64Url, WritesAndReadsEveryLength) {
    for (std::size_t size = 0; size < 70; ++size) {
        const std::string bytes = random_bytes(size);
        const std::string text = to_base64url(bytes);
        EXPECT_EQ(text.find_first_of("+/="), std::string::npos);
        EXPECT_EQ(from_base64url(text), bytes);
    }
    EXPECT_EQ(to_base64url("\xFB\xFF\xFE"), "-__-");
}

TEST(Base64Url, RefusesAllButTheOneText) {
    EXPECT_EQ(from_base64url("QQ"), "A");
    for (const char* text : {"QQ==", "QQ=", "QR", "Q", "Q Q", "QQ\n", "+/+/", "QQ.", "Q\xC3\xA4"}) {
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
    }
}

TEST(Random, TextsDiffer) {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) seen.insert(random_text(16));
    EXPECT_EQ(seen.size(), 1'000U);
    EXPECT_EQ(seen.begin()->size(), 22U);
}

}  // namespace
}  // namespace mim::drivers::crypto
