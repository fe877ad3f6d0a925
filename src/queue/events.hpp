// The names of this room's log events and of their fields.
#pragma once

#include <string_view>

namespace mim::queue::events {

inline constexpr std::string_view job_leased = "job_leased";            // sync, worker, fence, attempt
inline constexpr std::string_view job_completed = "job_completed";      // sync, worker
inline constexpr std::string_view job_handed_back = "job_handed_back";  // sync, worker, delay_ms
inline constexpr std::string_view job_lost = "job_lost";        // sync, worker: another worker has it now
inline constexpr std::string_view job_crashed = "job_crashed";  // sync, worker, cause: an exception, so a bug
inline constexpr std::string_view job_abandoned =
    "job_abandoned";  // sync, worker: still running after the grace period
inline constexpr std::string_view job_buried = "job_buried";          // sync, worker, attempt
inline constexpr std::string_view job_postponed = "job_postponed";    // sync, worker, delay_ms
inline constexpr std::string_view offer_failed = "offer_failed";      // sync, cause
inline constexpr std::string_view feeding_failed = "feeding_failed";  // cause
inline constexpr std::string_view lease_not_kept = "lease_not_kept";  // sync, worker, cause
inline constexpr std::string_view queue_failed = "queue_failed";      // worker, attempted, cause

}  // namespace mim::queue::events
