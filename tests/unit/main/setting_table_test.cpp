#include "main/settings/setting_table.hpp"

#include <gtest/gtest.h>

namespace mim::main {
namespace {

class Table : public testing::Test {
  protected:
    bool takes(const std::string& text) { return table.rows().front().take(text); }
    const Setting& row() { return table.rows().front(); }
    SettingTable table;
};

TEST_F(Table, NumbersAreTakenStrictly) {
    unsigned value = 4;
    table.add_count("--workers", value, "help", 0, 256);
    EXPECT_EQ(row().default_text, "4");
    EXPECT_EQ(row().variable, "MIM_WORKERS");
    for (const char* bad : {"", " ", "1x", "x", " 1", "1 ", "+1", "-1", "257", "1.0", "0x1", "1e2", "१",
                            "99999999999999999999", "-99999999999999999999"})
        EXPECT_FALSE(takes(bad)) << bad;
    EXPECT_EQ(value, 4U) << "what is refused changes nothing";
    EXPECT_TRUE(takes("256"));
    EXPECT_EQ(value, 256U);
    EXPECT_TRUE(takes("007"));
    EXPECT_EQ(value, 7U);
}

TEST_F(Table, ASpanGoesToAllOfItsUsers) {
    std::chrono::milliseconds first{2'000};
    std::chrono::milliseconds second{5'000};
    table.add_seconds("--pause-seconds", {&first, &second}, "help");
    EXPECT_EQ(row().default_text, "2");
    EXPECT_FALSE(takes("0"));
    EXPECT_FALSE(takes("1s"));
    EXPECT_FALSE(takes("31536000001"));
    EXPECT_TRUE(takes("31536000000"));
    EXPECT_TRUE(takes("3"));
    EXPECT_EQ(first, std::chrono::seconds(3));
    EXPECT_EQ(second, std::chrono::seconds(3));
}

TEST_F(Table, SharesAreFromZeroToOne) {
    double value = 1;
    table.add_share("--rate", value, "help");
    EXPECT_EQ(row().default_text, "1");
    for (const char* bad : {"", "1.1", "-0.1", "nan", "inf", "0,5", "0.5x", " 0.5", "1e999"})
        EXPECT_FALSE(takes(bad)) << bad;
    EXPECT_TRUE(takes("0.25"));
    EXPECT_EQ(value, 0.25);
}

TEST_F(Table, AChoiceIsOneOfItsNames) {
    enum class Colour { red, green };
    Colour value = Colour::green;
    table.add_choice<Colour>("--colour", value, {{"red", Colour::red}, {"green", Colour::green}}, "help");
    EXPECT_EQ(row().default_text, "green");
    EXPECT_EQ(row().expected, "one of green, red");
    for (const char* bad : {"", "Red", "red ", "re", "0"}) EXPECT_FALSE(takes(bad)) << bad;
    EXPECT_TRUE(takes("red"));
    EXPECT_EQ(value, Colour::red);
}

TEST_F(Table, AnAddressHasAHostAndAPort) {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    table.add_endpoint("--listen", host, port, "help");
    EXPECT_EQ(row().default_text, "127.0.0.1:8080");
    for (const char* bad : {"", "x", ":80", "127.0.0.1", "x:", "x:y", "x:65536", "x:-1", "x: 80", "x:80 "})
        EXPECT_FALSE(takes(bad)) << bad;
    EXPECT_TRUE(takes("[::1]:81"));
    EXPECT_EQ(host, "::1");
    EXPECT_EQ(port, 81);
}

TEST_F(Table, AListGrows) {
    std::vector<std::string> values;
    table.add_list("--proxies", values, "help");
    EXPECT_TRUE(takes("a,b"));
    EXPECT_TRUE(takes("c"));
    EXPECT_EQ(values, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(Table, ASecretIsShownNowhere) {
    Secret value;
    table.add_secret("--token", value, "help");
    EXPECT_TRUE(takes("s3cret"));
    EXPECT_EQ(value.reveal(), "s3cret");
    EXPECT_EQ(shown_text(row(), "s3cret"), "***");
    EXPECT_EQ(shown_text(row(), "mongodb://u:s3cret@h/"), "mongodb://u:***@h/");
    EXPECT_EQ(shown_text(row(), ""), "");
}

}  // namespace
}  // namespace mim::main
