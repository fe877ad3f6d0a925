#include "main/settings/known_variables.hpp"

#include <array>

#include <gtest/gtest.h>

#include "main/settings/setting_table.hpp"

namespace mim::main {
namespace {

TEST(KnownVariables, AreThoseOfEveryCommandAndThoseKeptForLater) {
    std::string text;
    SettingTable table;
    table.add_text("--of-another", text, "help");
    KnownVariables known;
    known.add(table.rows());
    EXPECT_TRUE(known.check({{"MIM_OF_ANOTHER", "x"}, {"MIM_TEST_SEED", "1"}}));
    EXPECT_TRUE(known.check({{"MIM_URI", "mongodb://u:s3cret@h/"}, {"MIM_API_KEY", "s3cret"}}));
    const auto refused = known.check({{"MIM_OF_ANOTER", "s3cret"}});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("MIM_OF_ANOTER is not a setting; did you mean MIM_OF_ANOTHER?"),
              std::string::npos)
        << refused.error().message;
    EXPECT_EQ(refused.error().message.find("s3cret"), std::string::npos);
}

TEST(KnownVariables, AreReadFromTheEnvironment) {
    std::string ours = "MIM_DATA=a=b";
    std::string empty = "MIM_STORE=";
    std::string other = "PATH=/bin";
    std::array<char*, 4> environment{ours.data(), empty.data(), other.data(), nullptr};
    EXPECT_EQ(variables_of(environment.data()), (Variables{{"MIM_DATA", "a=b"}, {"MIM_STORE", ""}}));
}

}  // namespace
}  // namespace mim::main
