#include "app/sync_run/run_context.hpp"

namespace mim::app {

Halt halt_of(const Error& error) {
    // not_found: the sync was removed with its database, so nobody may write to it any more.
    const bool lost = error.code == ErrorCode::lease_lost || error.code == ErrorCode::not_found;
    return lost ? Halt::lost : Halt::store_failed;
}

Uninterrupted<void> RunContext::checkpoint() const {
    if (stop.lease_lost()) return Halt::lost;
    if (stop.stop_requested()) return Halt::stop;
    const auto signal = ports.progress.signal(lease.sync, lease.fence);
    if (!signal) return halt_of(signal.error());
    if (*signal == SyncSignal::cancel) return Halt::cancel;
    return {};
}

Uninterrupted<void> RunContext::write(const SyncRecord& record) const {
    if (stop.lease_lost()) return Halt::lost;
    const Done written = ports.progress.record(lease.sync, lease.fence, record, now());
    if (!written) return halt_of(written.error());
    return {};
}

Uninterrupted<std::vector<SyncRecord>> RunContext::plan(std::vector<SyncRecord> records) const {
    if (stop.lease_lost()) return Halt::lost;
    for (std::size_t at = 0; at < records.size(); ++at) records[at].position = static_cast<int>(at);
    auto stored = ports.progress.plan(lease.sync, lease.fence, records, now());
    if (!stored) return halt_of(stored.error());
    const auto earlier = static_cast<std::ptrdiff_t>(stored->size() - records.size());
    stored->erase(stored->begin(), stored->begin() + earlier);
    return std::move(*stored);
}

}  // namespace mim::app
