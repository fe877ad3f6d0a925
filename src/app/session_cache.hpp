// Access tokens that were verified a short while ago, so that most requests need neither RSA nor the store.
// Bounded, the least recently used forgotten first. Thread-safe; split into parts with a lock each, held for
// less than a microsecond.
#pragma once

#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <string_view>

#include "app/accounts.hpp"
#include "base/clock.hpp"
#include "base/recently_used.hpp"

namespace mim::app {

class SessionCache {
  public:
    static constexpr std::size_t capacity = 4096;  // tokens in all

    // A count of the revocations made by this process. What was learned of a family under an older one is
    // stale.
    using Epoch = std::uint64_t;
    [[nodiscard]] Epoch epoch() const { return epoch_.load(std::memory_order_acquire); }
    void note_revocation() { epoch_.fetch_add(1, std::memory_order_acq_rel); }

    struct Session {
        Caller caller;
        Timestamp expires_at;  // of the token
        SteadyTime seen_live;  // when the family was last known to be live
        Epoch epoch = 0;       // read before it was asked for
    };
    // The whole token is compared, not only its hash: nobody can craft one that is taken for another.
    [[nodiscard]] std::optional<Session> find(std::string_view token);
    void keep(std::string_view token, const Session& session);
    void drop(std::string_view token);

  private:
    static constexpr std::size_t part_count = 32;
    struct Part {
        std::mutex mutex;
        RecentlyUsed<Session> by_token{capacity / part_count};
    };
    [[nodiscard]] Part& part_of(std::string_view token);

    std::array<Part, part_count> parts_;
    std::atomic<Epoch> epoch_{0};
};

}  // namespace mim::app
