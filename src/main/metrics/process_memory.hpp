// What this process holds of the machine's memory, as the kernel counts it.
#pragma once

namespace mim::main {

struct ProcessMemory {
    double virtual_bytes = 0;
    double resident_bytes = 0;
};

// Zeros where /proc cannot be read. Thread-safe.
[[nodiscard]] ProcessMemory process_memory();

}  // namespace mim::main
