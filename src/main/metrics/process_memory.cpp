#include "main/metrics/process_memory.hpp"

#include <fstream>

#include <unistd.h>

namespace mim::main {

ProcessMemory process_memory() {
    std::ifstream file("/proc/self/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
    return {all * page, resident * page};
}

}  // namespace mim::main
