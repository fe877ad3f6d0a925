// A lock that serves its waiters in the order they came, each no longer than its deadline. Thread-safe.
// (std::mutex lets a busy thread take it again and again; with eight writers the unluckiest waited 0.7 s.)
#pragma once

#include <condition_variable>
#include <list>
#include <mutex>

#include "base/deadline.hpp"

namespace mim::sqlite {

class FairLock {
  public:
    // False: the deadline passed first. `release` by whoever got true, from any thread.
    [[nodiscard]] bool acquire(Deadline deadline);
    void release();
    [[nodiscard]] std::size_t waiting() const;  // threads, at this moment

  private:
    struct Waiter {
        std::condition_variable called;
        bool owns = false;
    };
    mutable std::mutex mutex_;
    bool taken_ = false;
    std::list<Waiter> queue_;  // a list: waiters stay where they are
};

}  // namespace mim::sqlite
