#include "base/nearest_name.hpp"

#include <gtest/gtest.h>

namespace mim {
namespace {

const std::vector<std::string> known{"--listen", "--log-level", "--data", "serve", "worker", "MIM_WORKERS"};

TEST(NearestName, UndoesASlipOfTheKeyboard) {
    EXPECT_EQ(nearest_name("--listne", known), "--listen");
    EXPECT_EQ(nearest_name("--loglevel", known), "--log-level");
    EXPECT_EQ(nearest_name("serv", known), "serve");
    EXPECT_EQ(nearest_name("MIM_WORKER", known), "MIM_WORKERS");
    EXPECT_EQ(suggestion("serv", known), "; did you mean serve?");
}

TEST(NearestName, GuessesNothingWild) {
    EXPECT_EQ(nearest_name("--certificate", known), "");
    EXPECT_EQ(nearest_name("x", known), "");
    EXPECT_EQ(nearest_name("", known), "");
    EXPECT_EQ(nearest_name("serve", {}), "");
    EXPECT_EQ(suggestion("nonsense", known), "");
}

}  // namespace
}  // namespace mim
