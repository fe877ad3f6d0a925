// What every part of a running sync needs, and the one question it asks again and again: may I go on?
#pragma once

#include <boost/system/result.hpp>

#include "app/run_sync.hpp"

namespace mim::app {

// Why a run cannot go on.
enum class Halt {
    stop,         // the process is shutting down: leave a truthful state and hand the job back
    lost,         // the lease is another's: write nothing more
    cancel,       // the requester asked for it
    store_failed  // the store did not answer: try later
};

// A value, or the reason why the run ends here.
template <class T>
using Uninterrupted = boost::system::result<T, Halt>;

struct RunContext {
    const Lease& lease;
    const RunPorts& ports;
    const RunLimits& limits;
    const StopSignal& stop;

    [[nodiscard]] Timestamp now() const { return ports.clock.now(); }
    // The lease first: who has lost it must not even ask the store to write.
    [[nodiscard]] Uninterrupted<void> checkpoint() const;
    [[nodiscard]] Uninterrupted<void> write(const SyncRecord& record) const;
    // Replaces what is not final by `records`; returns those, as stored.
    [[nodiscard]] Uninterrupted<std::vector<SyncRecord>> plan(std::vector<SyncRecord> records) const;
};

// What a refusal by the store means for the run.
[[nodiscard]] Halt halt_of(const Error& error);

}  // namespace mim::app
