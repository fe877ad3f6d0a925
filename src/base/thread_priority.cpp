#include "base/thread_priority.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace mim {

void lower_priority(Yielding yielding) {
    // On Linux the id of a thread names that thread alone.
    static_cast<void>(setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), static_cast<int>(yielding)));
}

}  // namespace mim
