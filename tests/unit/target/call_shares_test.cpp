#include "target/call_shares.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace mim::target {
namespace {

class CallSharesTest : public ::testing::Test {
  protected:
    // "" when it was given, and is now held.
    std::string take(CallShares& shares, const std::string& deployment, const UserId* user = nullptr) {
        auto share = shares.take(deployment, user);
        if (!share) return share.error().message;
        held_.push_back(std::move(*share));
        return {};
    }
    std::vector<CallShares::Share> held_;
    const UserId ann_ = UserId::generate(), ben_ = UserId::generate();
};

TEST_F(CallSharesTest, ADeploymentHasSoManyAndOthersDoNotNotice) {
    CallShares shares({.of_a_deployment = 2});
    EXPECT_EQ(take(shares, "a:1"), "");
    EXPECT_EQ(take(shares, "a:1"), "");
    const auto refused = shares.take("a:1", &ann_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::not_ready);
    EXPECT_GT(refused.error().retry_after.count(), 0);
    EXPECT_EQ(refused.error().message,
              "2 calls to this target are under way, which is as many as a deployment may have at once, so "
              "the deployment a:1 was not asked: try again when they have been answered; when it never "
              "answers, test its connection");
    EXPECT_EQ(take(shares, "b:1"), "");
    held_.erase(held_.begin());
    EXPECT_EQ(take(shares, "a:1"), "");
}

TEST_F(CallSharesTest, AUserHasSoManyOverAllDeployments) {
    CallShares shares({.of_a_user = 2});
    EXPECT_EQ(take(shares, "a:1", &ann_), "");
    EXPECT_EQ(take(shares, "b:1", &ann_), "");
    const auto refused = shares.take("c:1", &ann_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
    EXPECT_NE(refused.error().message.find("c:1"), std::string::npos);
    EXPECT_EQ(take(shares, "c:1", &ben_), "");
    EXPECT_EQ(take(shares, "c:1"), "") << "nobody's";
    held_.clear();
    EXPECT_EQ(take(shares, "c:1", &ann_), "");
}

TEST_F(CallSharesTest, AllTogetherHaveSoMany) {
    CallShares shares({.in_all = 2});
    EXPECT_EQ(take(shares, "a:1", &ann_), "");
    EXPECT_EQ(take(shares, "b:1", &ben_), "");
    const auto refused = shares.take("c:1", nullptr);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::not_ready);
    held_.pop_back();
    EXPECT_EQ(take(shares, "c:1"), "");
}

TEST_F(CallSharesTest, TheLastQuarterIsForDeploymentsThatHaveNone) {
    CallShares shares({.of_a_deployment = 3, .in_all = 8});
    for (const char* bad : {"a:1", "a:1", "a:1", "b:1", "b:1", "b:1"}) EXPECT_EQ(take(shares, bad), "");
    EXPECT_EQ(take(shares, "c:1"), "");
    EXPECT_EQ(
        take(shares, "c:1"),
        "6 calls to targets are under way, which is as many as deployments with a call under way may have "
        "at once, so the deployment c:1 was not asked: try again when some have been answered");
    EXPECT_EQ(take(shares, "healthy:1"), "");
    EXPECT_EQ(take(shares, "another:1").substr(0, 34), "8 calls to targets are under way, ");
    held_.erase(held_.begin(), held_.begin() + 3);
    EXPECT_EQ(take(shares, "c:1"), "");
}

TEST_F(CallSharesTest, AShareIsGivenBackOnceWhereverItWasMoved) {
    CallShares shares({.of_a_deployment = 1});
    {
        auto first = shares.take("a:1", &ann_);
        ASSERT_TRUE(first);
        CallShares::Share moved = std::move(*first);
        CallShares::Share assigned;
        assigned = std::move(moved);
        EXPECT_FALSE(shares.take("a:1", &ann_));
    }
    EXPECT_EQ(take(shares, "a:1"), "");
    EXPECT_FALSE(shares.take("a:1", nullptr));
}

}  // namespace
}  // namespace mim::target
