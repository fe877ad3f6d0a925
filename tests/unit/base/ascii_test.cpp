#include "base/ascii.hpp"

#include <gtest/gtest.h>

namespace mim::ascii {
namespace {

// All 256 bytes in their order.
std::string every_byte() {
    std::string bytes;
    for (int value = 0; value < 256; ++value) bytes += static_cast<char>(value);
    return bytes;
}

std::string those_that_are(bool (*kind)(char)) {
    std::string found;
    for (const char byte : every_byte()) {
        if (kind(byte)) found += byte;
    }
    return found;
}

const std::string digits = "0123456789";
const std::string capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const std::string small_letters = "abcdefghijklmnopqrstuvwxyz";

TEST(Ascii, KnowsItsLettersAndDigitsAmongAllBytes) {
    EXPECT_EQ(those_that_are(is_digit), digits);
    EXPECT_EQ(those_that_are(is_letter), capitals + small_letters);
    EXPECT_EQ(those_that_are(is_letter_or_digit), digits + capitals + small_letters);
}

TEST(Ascii, ChangesTheCaseOfItsLettersAlone) {
    for (const char byte : every_byte()) {
        const auto capital = capitals.find(byte), small = small_letters.find(byte);
        EXPECT_EQ(lower(byte), capital != std::string::npos ? small_letters[capital] : byte);
        EXPECT_EQ(upper(byte), small != std::string::npos ? capitals[small] : byte);
    }
    EXPECT_EQ(lower("A-Z \xC3\x84"), "a-z \xC3\x84");
}

TEST(Ascii, DigitsAreAtLeastOneAndNothingElse) {
    for (const char* text : {"0", "007", "0123456789"}) EXPECT_TRUE(is_digits(text)) << text;
    for (const char* text : {"", "-1", "1.5", "1 ", "x", "12a", "\xD9\xA1"})
        EXPECT_FALSE(is_digits(text)) << text;
}

TEST(Ascii, HexDigitsHaveAValueInEitherCase) {
    std::string found;
    for (const char byte : every_byte()) {
        if (hex_value(byte) < 0) continue;
        found += byte;
        EXPECT_EQ(hex_digits[static_cast<std::size_t>(hex_value(byte))], lower(byte));
    }
    EXPECT_EQ(found, digits + "ABCDEF" + "abcdef");
}

}  // namespace
}  // namespace mim::ascii
