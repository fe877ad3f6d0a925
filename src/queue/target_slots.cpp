#include "queue/target_slots.hpp"

namespace mim::queue {

std::optional<TargetSlots::Slot> TargetSlots::take(const std::string& target) {
    const std::lock_guard guard(mutex_);
    auto& taken = taken_[target];
    if (most_each_ != 0 && taken >= most_each_) return std::nullopt;
    ++taken;
    return Slot(*this, target);
}

TargetSlots::Slot::~Slot() {
    if (home_ == nullptr) return;
    const std::lock_guard guard(home_->mutex_);
    const auto taken = home_->taken_.find(target_);
    if (--taken->second == 0) home_->taken_.erase(taken);
}

}  // namespace mim::queue
