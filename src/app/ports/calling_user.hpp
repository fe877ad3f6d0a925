// For whom this thread works. A port's caller says it once for all calls below, as few of them need to know:
// who asks much of targets leaves something to others.
#pragma once

#include "base/id.hpp"

namespace mim::app {

class CallingUser {
  public:
    // Until it goes; `user` must outlive it.
    explicit CallingUser(const UserId& user) : before_(current_) { current_ = &user; }
    ~CallingUser() { current_ = before_; }
    CallingUser(const CallingUser&) = delete;
    CallingUser& operator=(const CallingUser&) = delete;

    // Null where nobody said so.
    [[nodiscard]] static const UserId* current() { return current_; }

  private:
    static inline thread_local const UserId* current_ = nullptr;
    const UserId* before_;
};

}  // namespace mim::app
