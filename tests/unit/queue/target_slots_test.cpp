#include "queue/target_slots.hpp"

#include <gtest/gtest.h>

namespace mim::queue {
namespace {

TEST(TargetSlots, OfOneTargetOnlySoMany) {
    TargetSlots slots(2);
    auto first = slots.take("a"), second = slots.take("a");
    EXPECT_TRUE(first && second);
    EXPECT_FALSE(slots.take("a"));
    EXPECT_TRUE(slots.take("b"));
    first.reset();
    EXPECT_TRUE(slots.take("a"));
}

TEST(TargetSlots, NoneIsAnyNumber) {
    TargetSlots slots(0);
    std::vector<TargetSlots::Slot> held;
    for (int i = 0; i < 100; ++i) {
        auto slot = slots.take("a");
        ASSERT_TRUE(slot);
        held.push_back(std::move(*slot));
    }
}

TEST(Deployment, IsTheHostsAndNothingElse) {
    const auto of = [](const char* uri) { return deployment_of(Secret(uri)); };
    EXPECT_EQ(of("mongodb://B:27018,a:27017/db?replicaSet=r"), "a:27017,b:27018");
    EXPECT_EQ(of("mongodb://a:27017,b:27018"), "a:27017,b:27018");
    EXPECT_EQ(of("mongodb://user:p%40ss@a:27017,b:27018/?tls=true"), "a:27017,b:27018");
    EXPECT_EQ(of("mongodb+srv://u:p@cluster.example/db"), "cluster.example");
    EXPECT_EQ(of("nonsense"), "nonsense");
    EXPECT_EQ(of(""), "");
}

}  // namespace
}  // namespace mim::queue
