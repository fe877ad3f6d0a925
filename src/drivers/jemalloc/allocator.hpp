// The allocator of the program, in place of glibc's: whoever links this room takes and frees memory by
// jemalloc, which gives to the system, within a second or two, what is no longer used, on threads of its own.
// Not in a build with sanitizers, which bring their own.
#pragma once

#include <optional>
#include <string>

namespace mim::jemalloc {

// Nothing: this program has another allocator. Any thread.
[[nodiscard]] std::optional<std::string> library_version();

}  // namespace mim::jemalloc
