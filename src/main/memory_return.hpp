// Gives freed memory back to the system. The allocator keeps what was freed between things that still live:
// after one comparison of 50,000 indexes that is 100 MiB, and nobody needs it before the next.
//
// Looks every ten seconds, on a thread of its own, for as long as the object lives.
#pragma once

#include "base/recurring_task.hpp"

namespace mim::main {

class MemoryReturn {
  public:
    MemoryReturn();

  private:
    void look();

    double after_the_last_;  // bytes
    RecurringTask task_;
};

}  // namespace mim::main
