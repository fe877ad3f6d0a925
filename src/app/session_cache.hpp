// Access tokens that were verified a short while ago, so that most requests need neither RSA nor the store.
// Bounded, the least recently used forgotten first. Thread-safe; split into parts with a lock each, held for
// less than a microsecond.
#pragma once

#include <array>
#include <atomic>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/accounts.hpp"
#include "base/clock.hpp"

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
    struct Entry {
        std::string token;
        Session session;
    };
    using Entries = std::list<Entry>;  // most recently used first
    struct Part {
        std::mutex mutex;
        Entries entries;
        std::unordered_map<std::string_view, Entries::iterator> by_token;  // keys point into `entries`
    };
    [[nodiscard]] Part& part_of(std::string_view token);

    std::array<Part, part_count> parts_;
    std::atomic<Epoch> epoch_{0};
};

}  // namespace mim::app
