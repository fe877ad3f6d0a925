// The libraries that this program runs with.
#pragma once

#include <string>
#include <vector>

namespace mim::main {

struct LibraryVersion {
    std::string name;
    std::string version;
};

// Each as it runs; of those that tell nothing then, as it was compiled with.
[[nodiscard]] std::vector<LibraryVersion> library_versions();

}  // namespace mim::main
