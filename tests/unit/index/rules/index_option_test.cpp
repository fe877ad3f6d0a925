#include "index/definition/index_option.hpp"

#include <set>

#include <gtest/gtest.h>

namespace mim::index::testing {
namespace {

TEST(IndexOptions, HaveEachItsOwnNames) {
    std::set<std::string_view> names;
    std::set<std::string_view> contract_names;
    for (const IndexOption& option : index_options()) {
        EXPECT_TRUE(names.insert(option.name).second) << option.name;
        if (option.contract) {
            EXPECT_TRUE(contract_names.insert(option.contract->name).second) << option.contract->name;
        }
        EXPECT_EQ(find_index_option(option.name), &option);
    }
}

TEST(IndexOptions, KeyAndNameAreNone) {
    EXPECT_EQ(find_index_option("key"), nullptr);
    EXPECT_EQ(find_index_option("name"), nullptr);
    EXPECT_EQ(find_index_option("uniqe"), nullptr);
}

// What MongoDB tells indexes apart by is compared, and no two stand at one place of the signature.
TEST(IndexOptions, IdentityIsMadeOfWhatIsCompared) {
    std::set<int> positions;
    for (const IndexOption& option : index_options()) {
        if (!option.identity) continue;
        EXPECT_EQ(option.compared, Compared::yes) << option.name;
        EXPECT_TRUE(positions.insert(option.identity->position).second) << option.name;
    }
    EXPECT_EQ(positions, (std::set{1, 2, 3, 4, 5}));
}

TEST(IndexOptions, WhatIsFilledInIsEitherANumberOrAText) {
    for (const IndexOption& option : index_options()) {
        if (!option.filled_in_for) continue;
        EXPECT_NE(option.usual_number.has_value(), !option.usual_text.empty()) << option.name;
    }
}

}  // namespace
}  // namespace mim::index::testing
