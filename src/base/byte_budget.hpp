// How many bytes may be held of what targets answer, by one call and by all calls together. Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>

#include "base/result.hpp"

namespace mim {

class ByteBudget {
  public:
    static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();
    explicit ByteBudget(std::size_t most = unbounded) : most_(most) {}

    // False when fewer than `left_over` bytes would be left; then nothing has changed.
    [[nodiscard]] bool take(std::size_t bytes, std::size_t left_over = 0) {
        std::size_t held = held_.load(std::memory_order_relaxed);
        do {
            const std::size_t left = most_ - held;
            if (left_over > left || bytes > left - left_over) return false;
        } while (!held_.compare_exchange_weak(held, held + bytes));
        return true;
    }
    void give_back(std::size_t bytes) { held_ -= bytes; }
    // Taken only by those who hold little, so that many large answers do not keep the small ones out.
    [[nodiscard]] std::size_t last_quarter() const { return most_ / 4; }

  private:
    const std::size_t most_;
    std::atomic<std::size_t> held_{0};
};

// What one call has of a budget; given back when the last who holds it goes. Several threads may work for one
// call.
class Holding {
  public:
    static constexpr std::size_t little = std::size_t{4} * 1024 * 1024;

    // `budget` null: of this call alone.
    Holding(std::shared_ptr<ByteBudget> budget, std::size_t most) : budget_(std::move(budget)), most_(most) {}
    ~Holding() { release(); }
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;

    // target_too_large: more than one call may hold; not_ready: more than there is for all. Then nothing has
    // changed.
    [[nodiscard]] Done add(std::size_t bytes);
    // At most what is held.
    void give_back(std::size_t bytes);
    void release();

  private:
    const std::shared_ptr<ByteBudget> budget_;
    const std::size_t most_;
    std::mutex mutex_;
    std::size_t held_ = 0;
};

// The part of a holding that some values take, for as long as they are kept. Movable only.
class Charge {
  public:
    Charge() = default;
    explicit Charge(std::shared_ptr<Holding> holding) : holding_(std::move(holding)) {}
    ~Charge() { release(); }
    Charge(Charge&& other) noexcept
        : holding_(std::move(other.holding_)), bytes_(std::exchange(other.bytes_, 0)) {}
    Charge& operator=(Charge&& other) noexcept {
        std::swap(holding_, other.holding_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }

    // As Holding::add. Of no holding: nothing is counted.
    [[nodiscard]] Done grow(std::size_t bytes);
    void release();

  private:
    std::shared_ptr<Holding> holding_;
    std::size_t bytes_ = 0;
};

}  // namespace mim
