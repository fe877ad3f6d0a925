#include "drivers/sqlite/bell.hpp"

namespace mim::sqlite {

Bell::Count Bell::count() const {
    const std::lock_guard guard(mutex_);
    return count_;
}

void Bell::ring() {
    {
        const std::lock_guard guard(mutex_);
        ++count_;
    }
    rung_.notify_all();
}

bool Bell::wait_for_ring(Count seen, std::chrono::milliseconds at_most) const {
    std::unique_lock guard(mutex_);
    return rung_.wait_for(guard, at_most, [&] { return count_ != seen; });
}

}  // namespace mim::sqlite
