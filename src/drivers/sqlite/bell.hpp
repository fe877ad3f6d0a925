// Wakes threads of this process that wait for something in the data file to change. Rung after a commit.
// Other processes do not hear it: waiters look for themselves from time to time. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace mim::sqlite {

class Bell {
  public:
    using Count = std::uint64_t;
    // Take the count, then look, then wait for a later count: so no ring is missed in between.
    [[nodiscard]] Count count() const;
    void ring();
    // True: it was rung since `seen`. False: `at_most` has passed.
    bool wait_for_ring(Count seen, std::chrono::milliseconds at_most) const;

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable rung_;
    Count count_ = 0;
};

}  // namespace mim::sqlite
