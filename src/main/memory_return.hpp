// Gives freed memory back to the system. The allocator keeps what was freed between things that still live:
// after one comparison of 50,000 indexes that is 100 MiB, and nobody needs it before the next.
//
// Looks every ten seconds, on a thread of its own, for as long as the object lives.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

namespace mim::main {

class MemoryReturn {
  public:
    MemoryReturn();
    ~MemoryReturn();
    MemoryReturn(const MemoryReturn&) = delete;
    MemoryReturn& operator=(const MemoryReturn&) = delete;

  private:
    void watch();

    std::mutex mutex_;
    std::condition_variable ended_;
    bool over_ = false;
    std::thread thread_;  // after what it uses
};

}  // namespace mim::main
