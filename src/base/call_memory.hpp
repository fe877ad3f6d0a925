// What the call of this thread holds of targets' answers. It begins with the first answer and lasts until
// what was made of it has gone: documents, indexes, comparisons, and the text that is sent. The outermost
// function of a call says once that there is one, as few of those in between need to know.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/byte_budget.hpp"

namespace mim {

class CallMemory {
  public:
    CallMemory() : CallMemory(nullptr) {}
    // For a thread that works for a call which holds something already.
    explicit CallMemory(std::shared_ptr<Holding> holding)
        : holding_(std::move(holding)), before_(std::exchange(current_, this)) {}
    ~CallMemory() { current_ = before_; }
    CallMemory(const CallMemory&) = delete;
    CallMemory& operator=(const CallMemory&) = delete;

    // That of the present call, made for the first who asks; outside of calls one of its own.
    [[nodiscard]] static std::shared_ptr<Holding> holding(const std::shared_ptr<ByteBudget>& budget,
                                                          std::size_t most) {
        if (current_ != nullptr && current_->holding_) return current_->holding_;
        auto made = std::make_shared<Holding>(budget, most);
        if (current_ != nullptr) current_->holding_ = made;
        return made;
    }
    // Null while the present call holds nothing of a target.
    [[nodiscard]] static std::shared_ptr<Holding> current() {
        return current_ != nullptr ? current_->holding_ : nullptr;
    }
    // As Holding::add, of the present call; nothing is counted outside of calls.
    [[nodiscard]] static Done add(std::size_t bytes) {
        const auto holding = current();
        return holding ? holding->add(bytes) : Done{};
    }
    static void give_back(std::size_t bytes) {
        if (const auto holding = current()) holding->give_back(bytes);
    }
    // What was written is not whole, since the call may hold no more of it.
    static void cut_short(Error why) {
        if (current_ != nullptr && !current_->cut_) current_->cut_ = std::move(why);
    }

    [[nodiscard]] const std::shared_ptr<Holding>& held() const { return holding_; }
    [[nodiscard]] const std::optional<Error>& cut() const { return cut_; }

  private:
    static inline thread_local CallMemory* current_ = nullptr;
    // Noted by whoever works for the call, who knows nothing of this object.
    mutable std::shared_ptr<Holding> holding_;
    mutable std::optional<Error> cut_;
    CallMemory* before_;
};

}  // namespace mim
