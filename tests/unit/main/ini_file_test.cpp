#include "main/settings/ini_file.hpp"

#include <gtest/gtest.h>

namespace mim::main {
namespace {

TEST(IniFile, KnowsSectionsCommentsAndLineNumbers) {
    const auto lines =
        parse_ini("# ours\nworkers = 3\n\n[serve]\n; more\n  listen=[::1]:80  \r\n data = \"a b\" \n");
    ASSERT_TRUE(lines);
    ASSERT_EQ(lines->size(), 3U);
    EXPECT_EQ((*lines)[0].section, "");
    EXPECT_EQ((*lines)[0].number, 2);
    EXPECT_EQ((*lines)[1].section, "serve");
    EXPECT_EQ((*lines)[1].name, "listen");
    EXPECT_EQ((*lines)[1].value, "[::1]:80");
    EXPECT_EQ((*lines)[1].number, 6);
    EXPECT_EQ((*lines)[2].value, "a b");
}

// A secret may hold each of these.
TEST(IniFile, TakesAValueAsItStands) {
    const auto lines = parse_ini("a = x # y ; z = [1,2] 'q'\nb =\nc = \"half");
    ASSERT_TRUE(lines);
    EXPECT_EQ((*lines)[0].value, "x # y ; z = [1,2] 'q'");
    EXPECT_EQ((*lines)[1].value, "");
    EXPECT_EQ((*lines)[2].value, "\"half");
}

TEST(IniFile, NamesALineThatIsNeither) {
    for (const char* bad : {"ok = 1\ns3cret\n", "ok = 1\n = s3cret\n", "ok = 1\n[s3cret\n"}) {
        const auto lines = parse_ini(bad);
        ASSERT_FALSE(lines) << bad;
        EXPECT_NE(lines.error().message.find("line 2"), std::string::npos) << lines.error().message;
        EXPECT_EQ(lines.error().message.find("s3cret"), std::string::npos) << lines.error().message;
    }
}

TEST(IniFile, NamesAFileThatCannotBeRead) {
    for (const char* file : {"/nowhere/mim.ini", "/"}) {
        const auto lines = read_ini(file);
        ASSERT_FALSE(lines);
        EXPECT_NE(lines.error().message.find(file), std::string::npos);
    }
    const auto empty = read_ini("/dev/null");
    ASSERT_TRUE(empty);
    EXPECT_TRUE(empty->empty());
}

}  // namespace
}  // namespace mim::main
