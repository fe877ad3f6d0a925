// The connections that are open, all together and by address; the observer learns of each change.
// Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <unordered_map>

#include "base/address_group.hpp"
#include "http/api.hpp"

namespace mim::http {

enum class Admission {
    welcome,
    too_many,               // gets one 503
    too_many_from_address,  // the same
    dropped,                // closed at once: enough are being told already
};

class ConnectionLedger {
  public:
    // Refused ones that are told so at the same time.
    static constexpr std::size_t refusals_at_once = 64;

    struct Limits {
        std::size_t all = 0;
        std::size_t of_address = 0;
    };
    // `observer` may be null; it is borrowed.
    ConnectionLedger(const Limits& limits, ServerObserver* observer) : limits_(limits), observer_(observer) {}

    // A proxy that is trusted speaks for many clients: the limit of one address does not hold for it.
    enum class Shared { no, yes };
    struct Origin {
        AddressGroup group{};
        Shared shared = Shared::no;
    };
    // Whoever is not dropped must be closed later, with the same words.
    [[nodiscard]] Admission open(const Origin& origin);
    void close(const Origin& origin, Admission admission);
    void wait_until_none(std::chrono::milliseconds at_most);

  private:
    [[nodiscard]] Admission judge(const Origin& origin) const;
    void tell(Admission admission) const;  // of one that is not counted yet

    Limits limits_;
    ServerObserver* observer_;
    std::mutex mutex_;
    std::condition_variable closed_;
    std::size_t welcome_ = 0;
    std::size_t refused_ = 0;
    std::unordered_map<AddressGroup, std::size_t> by_address_;  // of the welcome ones
};

}  // namespace mim::http
