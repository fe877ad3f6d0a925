// How many bytes of answers may be held at once, by one call and by all calls together. Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>
#include <limits>
#include <memory>
#include <utility>

namespace mim::drivers::mongoc {

class ByteBudget {
  public:
    static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();
    explicit ByteBudget(std::size_t most = unbounded) : most_(most) {}

    [[nodiscard]] bool take(std::size_t bytes) {
        std::size_t held = held_.load(std::memory_order_relaxed);
        do {
            if (bytes > most_ - held) return false;
        } while (!held_.compare_exchange_weak(held, held + bytes));
        return true;
    }
    void give_back(std::size_t bytes) { held_ -= bytes; }

  private:
    const std::size_t most_;
    std::atomic<std::size_t> held_{0};
};

// What one holder has of a budget; given back when it ends. Belongs to one thread.
class Holding {
  public:
    Holding(std::shared_ptr<ByteBudget> budget, std::size_t most) : budget_(std::move(budget)), most_(most) {}
    ~Holding() { release(); }
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;

    // False when so many together are more than this holder or all may have; then nothing has changed.
    [[nodiscard]] bool grow_to(std::size_t bytes) {
        if (bytes <= held_) return true;
        if (bytes > most_ || (budget_ && !budget_->take(bytes - held_))) return false;
        held_ = bytes;
        return true;
    }
    void release() {
        if (budget_) budget_->give_back(held_);
        held_ = 0;
    }

  private:
    std::shared_ptr<ByteBudget> budget_;  // none: of this holder alone
    std::size_t most_;
    std::size_t held_ = 0;
};

}  // namespace mim::drivers::mongoc
