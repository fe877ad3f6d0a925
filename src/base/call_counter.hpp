// Counts the calls that a driver or store makes. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>

namespace mim {

// Since the process began.
struct CallFigures {
    std::int64_t reads = 0;  // that were answered
    std::int64_t failed_reads = 0;
    std::int64_t writes = 0;
    std::int64_t failed_writes = 0;
};

class CallCounter {
  public:
    enum class Kind { read, write };
    enum class Outcome { ok, failed };

    void count(Kind kind, Outcome outcome) {
        auto& place = kind == Kind::read ? (outcome == Outcome::ok ? reads_ : failed_reads_)
                                         : (outcome == Outcome::ok ? writes_ : failed_writes_);
        place.fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] CallFigures figures() const {
        return {reads_.load(std::memory_order_relaxed), failed_reads_.load(std::memory_order_relaxed),
                writes_.load(std::memory_order_relaxed), failed_writes_.load(std::memory_order_relaxed)};
    }

  private:
    std::atomic<std::int64_t> reads_{0}, failed_reads_{0}, writes_{0}, failed_writes_{0};
};

}  // namespace mim
