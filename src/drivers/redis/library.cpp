#include "drivers/redis/library.hpp"

#include <hiredis/hiredis.h>

namespace mim::redis {

std::string library_version() {
    return std::to_string(HIREDIS_MAJOR) + "." + std::to_string(HIREDIS_MINOR) + "." +
           std::to_string(HIREDIS_PATCH);
}

}  // namespace mim::redis
