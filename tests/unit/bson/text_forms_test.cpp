#include "bson/text_forms.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <random>

#include <gtest/gtest.h>

namespace mim::bson {
namespace {

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

TEST(DoubleText, ReadsBackAsTheSameBits) {
    std::mt19937_64 random(7);
    for (int round = 0; round < 100'000; ++round) {
        const std::uint64_t bits = random();
        double number = 0;
        std::memcpy(&number, &bits, sizeof number);
        if (!std::isfinite(number)) continue;
        const std::string text = double_text(number);
        ASSERT_EQ(std::strtod(text.c_str(), nullptr), number) << text;
        ASSERT_NE(text.find_first_of(".e"), std::string::npos) << text;
    }
    EXPECT_TRUE(std::signbit(std::strtod(double_text(-0.0).c_str(), nullptr)));
}

TEST(JsonString, KeepsEveryLetter) {
    EXPECT_EQ(quoted("a\x7F/é€😀"), "\"a\x7F/é€😀\"");
    EXPECT_EQ(quoted("\x1B"), R"("\u001b")");
    EXPECT_EQ(quoted("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"),
              "\"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\"");
}

TEST(JsonString, ReplacesWhatIsNoLetter) {
    const std::string replaced = "\xEF\xBF\xBD";
    for (const char* text : {"\x80", "\xFF", "\xC3", "\xF5", "\xF8"})
        EXPECT_EQ(quoted(text), "\"" + replaced + "\"") << static_cast<int>(text[0]);
    EXPECT_EQ(quoted("\xC0\x80"), "\"" + replaced + replaced + "\"") << "overlong";
    EXPECT_EQ(quoted("\xE0\x9F\xBF"), "\"" + replaced + replaced + replaced + "\"") << "overlong";
    EXPECT_EQ(quoted("\xED\xA0\x80"), "\"" + replaced + replaced + replaced + "\"") << "half of a pair";
    EXPECT_EQ(quoted("\xF4\x90\x80\x80"), "\"" + replaced + replaced + replaced + replaced + "\"");
    EXPECT_EQ(quoted("a\xE2\x82"), "\"a" + replaced + replaced + "\"") << "cut off";
}

TEST(Base64Text, OfTheVectorsOfItsSpecification) {
    const auto text = [](std::string_view plain) {
        return base64_text({reinterpret_cast<const std::uint8_t*>(plain.data()), plain.size()});
    };
    EXPECT_EQ(text(""), "");
    EXPECT_EQ(text("f"), "Zg==");
    EXPECT_EQ(text("fo"), "Zm8=");
    EXPECT_EQ(text("foo"), "Zm9v");
    EXPECT_EQ(text("foobar"), "Zm9vYmFy");
}

TEST(HexText, IsInLowerCase) {
    const std::uint8_t bytes[] = {0x00, 0x9F, 0xFA};
    EXPECT_EQ(hex_text(bytes), "009ffa");
}

}  // namespace
}  // namespace mim::bson
