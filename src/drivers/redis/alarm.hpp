// Ends a wait on a socket from another thread. Once rung it stays so. Thread-safe.
#pragma once

#include <chrono>

namespace mim::redis {

class Alarm {
  public:
    Alarm();  // throws std::system_error when the process has no descriptor left
    ~Alarm();
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    void ring();
    [[nodiscard]] bool rung() const;
    // Blocks until it is rung, at most `span`.
    void wait(std::chrono::milliseconds span) const;
    [[nodiscard]] int descriptor() const { return descriptor_; }  // readable once rung

  private:
    int descriptor_;
};

}  // namespace mim::redis
