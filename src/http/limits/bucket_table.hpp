// Token buckets of many clients in a memory that never grows: a client's place is one of a few that its key
// allows, and who was seen longest ago makes room there for who is new. Forgetting a client gives it a full
// bucket, so a flood of addresses can make limits more lenient, never stricter.
//
// Thread-safe. One lock of many, held for some tens of nanoseconds; no allocation but the first time that a
// shard is met.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>

#include "http/limits/token_bucket.hpp"

namespace mim::http {

struct BucketAnswer {
    std::chrono::nanoseconds wait{0};  // zero = a token was taken
    bool first_refusal = false;        // the last answer of this bucket was another
};

// `kinds` buckets a client.
template <std::size_t kinds>
class BucketTable {
  public:
    static constexpr std::size_t shard_count = 64;
    static constexpr std::size_t sets_of_shard = 32;
    static constexpr std::size_t places_of_set = 8;
    static constexpr std::size_t capacity = shard_count * sets_of_shard * places_of_set;  // clients

    BucketAnswer take(std::uint64_t key, std::size_t kind, const Rate& rate, SteadyTime now) {
        const std::uint64_t hash = mixed(key);
        Shard& shard = shards_[hash % shard_count];
        const std::scoped_lock lock(shard.mutex);
        if (!shard.sets) shard.sets = std::make_unique<Sets>();
        Client& client = place_of(key, (*shard.sets)[hash / shard_count % sets_of_shard], now);
        client.seen = now;
        BucketAnswer answer{client.buckets[kind].take(rate, now)};
        const bool refused = answer.wait.count() > 0;
        answer.first_refusal = refused && !client.refused[kind];
        client.refused[kind] = refused;
        return answer;
    }

  private:
    struct Client {
        std::uint64_t key = 0;
        SteadyTime seen = SteadyTime::min();  // = nobody
        std::array<TokenBucket, kinds> buckets{};
        std::array<bool, kinds> refused{};
    };
    using Set = std::array<Client, places_of_set>;
    using Sets = std::array<Set, sets_of_shard>;
    struct alignas(64) Shard {
        std::mutex mutex;
        std::unique_ptr<Sets> sets;
    };

    static Client& place_of(std::uint64_t key, Set& set, SteadyTime now) {
        Client* oldest = set.data();
        for (Client& client : set) {
            if (client.key == key && client.seen != SteadyTime::min()) return client;
            if (client.seen < oldest->seen) oldest = &client;
        }
        *oldest = Client{.key = key, .seen = now};
        return *oldest;
    }

    // Neighbouring addresses must not share a set; the finaliser of MurmurHash3 spreads them.
    static std::uint64_t mixed(std::uint64_t key) {
        key = (key ^ key >> 33U) * 0xFF51AFD7ED558CCDULL;
        key = (key ^ key >> 33U) * 0xC4CEB9FE1A85EC53ULL;
        return key ^ key >> 33U;
    }

    std::array<Shard, shard_count> shards_;
};

}  // namespace mim::http
