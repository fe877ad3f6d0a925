#include "base/byte_budget.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace mim {
namespace {

constexpr std::chrono::seconds try_again_after{5};

}  // namespace

Done Holding::add(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    if (bytes > most_ - held_)
        return Error(ErrorCode::target_too_large,
                     "what the target answers takes more than the " + std::to_string(most_) +
                         " bytes that one call may hold of it: ask about fewer collections");
    const std::size_t left_over = budget_ && held_ + bytes > little ? budget_->last_quarter() : 0;
    if (budget_ && !budget_->take(bytes, left_over))
        return Error(
            ErrorCode::not_ready,
            "all calls to targets together hold as many bytes of their answers as they may: try again",
            try_again_after);
    held_ += bytes;
    return {};
}

void Holding::give_back(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    bytes = std::min(bytes, held_);
    if (budget_) budget_->give_back(bytes);
    held_ -= bytes;
}

void Holding::release() {
    const std::scoped_lock lock(mutex_);
    if (budget_) budget_->give_back(held_);
    held_ = 0;
}

Done Charge::grow(std::size_t bytes) {
    if (!holding_) return {};
    MIM_CHECK(holding_->add(bytes));
    bytes_ += bytes;
    return {};
}

void Charge::release() {
    if (holding_) holding_->give_back(bytes_);
    bytes_ = 0;
}

}  // namespace mim
