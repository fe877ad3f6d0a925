#include "drivers/sqlite/fair_lock.hpp"

namespace mim::sqlite {

bool FairLock::acquire(Deadline deadline) {
    std::unique_lock guard(mutex_);
    if (!taken_) {
        taken_ = true;
        return true;
    }
    const auto self = queue_.emplace(queue_.end());
    const bool owns = self->called.wait_until(guard, deadline.when(), [&] { return self->owns; });
    queue_.erase(self);
    return owns;
}

void FairLock::release() {
    const std::lock_guard guard(mutex_);
    for (auto& waiter : queue_) {
        if (waiter.owns) continue;
        waiter.owns = true;  // handed over: nobody can come in between
        waiter.called.notify_one();
        return;
    }
    taken_ = false;
}

std::size_t FairLock::waiting() const {
    const std::lock_guard guard(mutex_);
    return queue_.size();
}

}  // namespace mim::sqlite
