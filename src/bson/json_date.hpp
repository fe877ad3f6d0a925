// The dates of Extended JSON. Internal to this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mim::bson {

// Milliseconds since 1970 of `2026-01-31T09:05:00.123Z`. Seconds and their fraction may be left out; the
// offset is `Z`, `+0130` or `+01:30`. None when it is no such date.
[[nodiscard]] std::optional<std::int64_t> parse_date(std::string_view text);

}  // namespace mim::bson
