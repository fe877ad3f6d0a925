#include "drivers/mongoc/library.hpp"

#include <mutex>

#include <mongoc/mongoc.h>

namespace mim::drivers::mongoc {
namespace {

// The library's own constructor already writes to stderr when a killed process of the same number has left
// its counters in shared memory. What stands in .preinit_array runs before it.
void silence() {
    mongoc_log_set_handler(nullptr, nullptr);
}
[[gnu::section(".preinit_array"), gnu::used]] void (*const before_constructors)() = silence;

}  // namespace

void initialise() {
    static std::once_flag once;
    std::call_once(once, mongoc_init);
}

std::string library_version() {
    return mongoc_get_version();
}

Soundness library_soundness() {
    return mongoc_check_version(1, 27, 4) ? Soundness::sound : Soundness::unsafe_parser;
}

}  // namespace mim::drivers::mongoc
