// The memory that large bodies may take together while they arrive and are worked on. Small ones are free:
// the number of connections bounds them. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace mim::http {

class BodyBudget {
  public:
    static constexpr std::uint64_t free_bytes = 16'384;

    explicit BodyBudget(std::uint64_t bytes) : left_(bytes) {}

    enum class Grant { given, refused };
    [[nodiscard]] Grant take(std::uint64_t bytes) {
        std::uint64_t left = left_.load();
        do {
            if (bytes > left) return Grant::refused;
        } while (!left_.compare_exchange_weak(left, left - bytes));
        return Grant::given;
    }
    void give_back(std::uint64_t bytes) { left_ += bytes; }

  private:
    std::atomic<std::uint64_t> left_;
};

// What one body holds of a budget, given back when it is gone.
class BodyShare {
  public:
    explicit BodyShare(BodyBudget& budget) : budget_(budget) {}
    ~BodyShare() { release(); }
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;

    // For a body of so many bytes at most; nothing is held before.
    [[nodiscard]] BodyBudget::Grant take(std::uint64_t bytes) {
        if (bytes <= BodyBudget::free_bytes) return BodyBudget::Grant::given;
        const BodyBudget::Grant grant = budget_.take(bytes);
        if (grant == BodyBudget::Grant::given) held_ = bytes;
        return grant;
    }
    void release() { budget_.give_back(std::exchange(held_, 0)); }

  private:
    BodyBudget& budget_;
    std::uint64_t held_ = 0;
};

}  // namespace mim::http
