#include "drivers/jemalloc/allocator.hpp"

#include <cstddef>

// As jemalloc declares them, and weak: without jemalloc there is none.
extern "C" {
[[gnu::weak]] int mallctl(const char* name, void* old_value, std::size_t* old_size, void* new_value,
                          std::size_t new_size);

// Read before the program begins. Between two comparisons of great databases nobody needs what the first one
// has held: it goes back after a second, on threads of jemalloc's own.
[[gnu::used]] const char* malloc_conf = "background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";
}

namespace mim::jemalloc {

std::optional<std::string> library_version() {
    const char* version = nullptr;
    std::size_t size = sizeof version;
    if (mallctl == nullptr || mallctl("version", static_cast<void*>(&version), &size, nullptr, 0) != 0)
        return std::nullopt;
    const std::string whole = version;
    return whole.substr(0, whole.find('-'));  // without the number of the commit
}

}  // namespace mim::jemalloc
