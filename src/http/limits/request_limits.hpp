// How many requests one address and one user may make. Thread-safe, never blocks for long, allocates only to
// refuse.
#pragma once

#include <string_view>

#include "base/id.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "http/api.hpp"
#include "http/limits/bucket_table.hpp"
#include "http/limits/rates.hpp"
#include "http/route.hpp"

namespace mim::http {

class RequestLimits {
  public:
    // `observer` may be null; it and the log are borrowed.
    RequestLimits(const RequestRates& rates, ServerObserver* observer, Logger& log)
        : rates_(rates), observer_(observer), log_(log) {}

    // Each traffic has a bucket of its own, so that a busy script does not fail its host's health check.
    // rate_limited, with the time to wait.
    [[nodiscard]] Done admit(Traffic traffic, std::string_view address, SteadyTime now);
    [[nodiscard]] Done admit(const UserId& user, SteadyTime now);

  private:
    enum class Limit { address, credentials, operations, user };
    [[nodiscard]] Error refuse(Limit limit, std::string_view who, const BucketAnswer& answer);
    [[nodiscard]] static std::string_view reason(Limit limit);

    RequestRates rates_;
    ServerObserver* observer_;
    Logger& log_;
    BucketTable<3> addresses_;  // one bucket a traffic
    BucketTable<1> users_;
};

}  // namespace mim::http
