// Wall-clock time as the product stores and shows it: UTC, whole milliseconds, RFC 3339.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mim {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

// `2026-01-31T09:05:00.123Z`
[[nodiscard]] std::string to_rfc3339(Timestamp time);
// Accepts `…Z` with or without milliseconds; none when malformed.
[[nodiscard]] std::optional<Timestamp> parse_rfc3339(std::string_view text);

}  // namespace mim
