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

}  // namespace
}  // namespace mim::queue
