// How targets are treated, beyond what a sync needs; docs/targets.md explains it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace mim::main {

struct TargetSettings {
    unsigned breaker_failures = 3;  // in a row; 0 = never opens
    std::chrono::seconds breaker_pause{5};
    std::chrono::seconds idle{300};     // after which connections are closed
    std::uint64_t call_megabytes = 64;  // of its answers, held by one call
    std::uint64_t all_megabytes = 512;  // of all targets' answers, held at once
    std::string allow;                  // separated by commas; empty = every address that is not denied
    std::string deny;
};

}  // namespace mim::main
