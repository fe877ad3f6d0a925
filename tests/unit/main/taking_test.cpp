#include "main/settings/taking.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "main/settings/setting_table.hpp"

namespace mim::main {
namespace {

class Taken : public testing::Test {
  protected:
    Taken() {
        table.add_count("--workers", workers, "help", 0, 256);
        table.add_secret("--store", store, "help");
        table.add_list("--proxies", proxies, "help");
        table.add_text("--issuer", issuer, "help");
    }
    ~Taken() override { std::filesystem::remove(file); }

    void write(const std::string& text) const { std::ofstream(file) << text; }

    // The flags, the variables and the file, in this order.
    Done take_all(const FlagTexts& flags, const Variables& variables, const std::string& ini) {
        write(ini);
        MIM_CHECK(taking.from_flags(flags));
        MIM_CHECK(taking.from_variables(variables));
        return taking.from_file(file, "serve");
    }
    std::string complaint(const FlagTexts& flags, const Variables& variables, const std::string& ini) {
        const Done taken = take_all(flags, variables, ini);
        return taken ? "" : taken.error().message;
    }

    unsigned workers = 4;
    Secret store;
    std::vector<std::string> proxies;
    std::string issuer = "mim";
    SettingTable table;
    Taking taking{table.rows()};
    const std::string file =
        (std::filesystem::temp_directory_path() / ("taking." + std::to_string(::getpid()) + ".ini")).string();
};

TEST_F(Taken, AFlagWinsOverAVariableAndThatOverTheFile) {
    ASSERT_TRUE(take_all({{"--workers", {"1"}}}, {{"MIM_WORKERS", "2"}, {"MIM_ISSUER", "variable"}},
                         "[serve]\nworkers = 3\nissuer = file\nproxies = a\n[worker]\nanything = 1\n"));
    EXPECT_EQ(workers, 1U);
    EXPECT_EQ(issuer, "variable");
    EXPECT_EQ(proxies, std::vector<std::string>{"a"});
    const auto effective = taking.effective();
    EXPECT_EQ(effective[0].source, "flag");
    EXPECT_EQ(effective[1].source, "default");
    EXPECT_EQ(effective[2].source, "file");
    EXPECT_EQ(effective[3].source, "environment (MIM_ISSUER)");
}

TEST_F(Taken, ASectionWinsOverTheTop) {
    ASSERT_TRUE(take_all({}, {}, "workers = 1\nissuer = top\n[serve]\nworkers = 2\n"));
    EXPECT_EQ(workers, 2U);
    EXPECT_EQ(issuer, "top");
}

TEST_F(Taken, AnEmptyVariableIsNone) {
    ASSERT_TRUE(take_all({}, {{"MIM_WORKERS", ""}, {"MIM_STORE", ""}}, ""));
    EXPECT_EQ(workers, 4U);
    EXPECT_EQ(taking.effective()[0].source, "default");
}

TEST_F(Taken, WhatIsWrongIsNamedWithItsPlace) {
    EXPECT_EQ(complaint({{"--workers", {"1x"}}}, {}, ""),
              "--workers: must be a whole number from 0 to 256, not '1x' (given as a flag)");
    EXPECT_EQ(complaint({}, {{"MIM_WORKERS", "many"}}, ""),
              "--workers: must be a whole number from 0 to 256, not 'many' (set by MIM_WORKERS)");
    EXPECT_EQ(complaint({}, {}, "\n[serve]\nworkers = 257\n"),
              "--workers: must be a whole number from 0 to 256, not '257' (set in " + file + ", line 3)");
    EXPECT_EQ(complaint({{"--workers", {"1", "2"}}}, {}, ""),
              "--workers: is given more than once (given as a flag)");
    EXPECT_EQ(complaint({}, {}, "issuer = a\nissuer = b\n"),
              "--issuer: is given more than once (set in " + file + ", line 2)");
}

TEST_F(Taken, UnknownNamesOfAFileAreNamedWithTheLine) {
    EXPECT_EQ(complaint({}, {}, "[serve]\nworker = 1\n"),
              "'worker' is not a setting; did you mean workers? (set in " + file + ", line 2)");
    EXPECT_EQ(complaint({}, {}, "config = x\n"),
              "'config' names the file itself, so not in it (set in " + file + ", line 1)");
    const auto section = complaint({}, {}, "[sreve]\nworkers = 1\n");
    EXPECT_NE(section.find("[sreve]"), std::string::npos) << section;
    EXPECT_NE(section.find("did you mean serve?"), std::string::npos) << section;
}

TEST_F(Taken, WhatIsAFlagOnlyStandsInNoFile) {
    SettingTable flags;
    flags.add_text("--to", issuer, "help").variable.clear();
    write("to = x\n");
    const Done taken = Taking(flags.rows()).from_file(file, "serve");
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().message, "'to' is not a setting (set in " + file + ", line 1)");
}

TEST_F(Taken, ASecretIsInNoComplaint) {
    SettingTable secrets;
    secrets.add_secret("--key", store, "help").take = [](const std::string&) { return false; };
    Taking of_secrets(secrets.rows());
    const Done taken = of_secrets.from_variables({{"MIM_KEY", "s3cret"}});
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().message, "--key: must be a text (set by MIM_KEY)");
}

TEST_F(Taken, WhatIsRequiredMustBeThere) {
    SettingTable needed;
    needed.add_text("--to", issuer, "help").need = Need::required;
    Taking first(needed.rows());
    ASSERT_FALSE(first.all_required_are_there());
    EXPECT_EQ(first.all_required_are_there().error().message, "--to: must be given, as a flag or as MIM_TO");
    ASSERT_TRUE(first.from_flags({{"--to", {"x"}}}));
    EXPECT_TRUE(first.all_required_are_there());
}

}  // namespace
}  // namespace mim::main
