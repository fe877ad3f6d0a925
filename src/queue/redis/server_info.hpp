// What the server of a queue says of itself in its answer to INFO. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mim::queue {

// The line `name:value`; empty when there is none.
[[nodiscard]] std::string info_value(std::string_view info, std::string_view name);

// "Redis 7.0.15", "Valkey 8.1.1". Valkey also names a version of Redis, which tells what it is compatible
// with.
[[nodiscard]] std::string name_and_version(std::string_view info);

}  // namespace mim::queue
