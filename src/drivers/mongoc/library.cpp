#include "drivers/mongoc/library.hpp"

#include <mutex>

#include <mongoc/mongoc.h>

namespace mim::drivers::mongoc {

void initialise() {
    static std::once_flag once;
    std::call_once(once, [] {
        mongoc_log_set_handler(nullptr, nullptr);
        mongoc_init();
    });
}

}  // namespace mim::drivers::mongoc
