// The event streams that are open, all together and by user; the observer learns of each change. Thread-safe.
#pragma once

#include <mutex>
#include <unordered_map>

#include "base/id.hpp"
#include "http/api.hpp"

namespace mim::http {

class StreamLedger {
  public:
    struct Limits {
        std::size_t all = 0;
        std::size_t of_user = 0;
    };
    // `observer` may be null; it is borrowed.
    StreamLedger(const Limits& limits, ServerObserver* observer) : limits_(limits), observer_(observer) {}

    enum class Place { taken, none_left, none_left_for_user };
    [[nodiscard]] Place take(const UserId& user);
    void give_back(const UserId& user);  // a place that was taken

  private:
    [[nodiscard]] Place judge(const UserId& user) const;

    Limits limits_;
    ServerObserver* observer_;
    std::mutex mutex_;
    std::size_t open_ = 0;
    std::unordered_map<UserId, std::size_t> by_user_;
};

}  // namespace mim::http
