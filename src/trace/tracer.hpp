// Begins transactions: decides whether one is sampled, and of which trace it is part. Thread-safe.
#pragma once

#include <memory>

#include "trace/transaction.hpp"

namespace mim::trace {

enum class Continuation {
    follow,   // a caller's trace and its decision to sample
    restart,  // a trace of our own that points to the caller's
};

struct TracerSettings {
    double sample_rate = 1;  // of traces that begin here; 0 to 1
    Continuation continuation = Continuation::follow;
};

// To four decimals, half away from zero; what is above zero stays so.
[[nodiscard]] double rounded_rate(double rate);

class Tracer {
  public:
    // `reporter` must outlive it and every transaction.
    Tracer(Reporter& reporter, TracerSettings settings);

    // `caller`: what its headers said, if anything.
    [[nodiscard]] std::unique_ptr<Transaction> begin_request(const std::optional<TraceContext>& caller,
                                                             SteadyTime began) const;
    // Of the sync's own trace, which every run of it shares.
    [[nodiscard]] std::unique_ptr<Transaction> begin_run(const SyncId& sync, std::int64_t fence) const;

  private:
    [[nodiscard]] Sampled decide() const;
    [[nodiscard]] std::unique_ptr<Transaction> begin(TransactionReport begun, SteadyTime began) const;

    Reporter& reporter_;
    const TracerSettings settings_;
};

}  // namespace mim::trace
