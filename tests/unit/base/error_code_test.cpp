#include "base/error_code.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace mim {
namespace {

TEST(ErrorCode, EveryCodeHasItsOwnName) {
    std::vector<std::string_view> names;
    for (const ErrorFacts& facts : error_facts) names.push_back(facts.name);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    EXPECT_FALSE(names.front().empty());
}

TEST(ErrorCode, IsCalledAsItIsWritten) {
    EXPECT_EQ(to_string(ErrorCode::invalid_input), "invalid_input");
    EXPECT_EQ(to_string(ErrorCode::target_outcome_unknown), "target_outcome_unknown");
    EXPECT_EQ(to_string(ErrorCode::internal), "internal");
}

TEST(ErrorCode, OnlyWhatPassesIsWorthAnotherTry) {
    std::vector<ErrorCode> of_target;
    std::vector<ErrorCode> of_service;
    for (const ErrorFacts& facts : error_facts) {
        if (passes(facts.code, Kind::target)) of_target.push_back(facts.code);
        if (passes(facts.code, Kind::service)) of_service.push_back(facts.code);
    }
    EXPECT_EQ(of_target, (std::vector{ErrorCode::target_unreachable, ErrorCode::target_timeout,
                                      ErrorCode::target_outcome_unknown, ErrorCode::target_paused}));
    EXPECT_EQ(of_service, (std::vector{ErrorCode::not_ready, ErrorCode::store_failed}));
}

}  // namespace
}  // namespace mim
