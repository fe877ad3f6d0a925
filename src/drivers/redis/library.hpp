// hiredis as a whole: the version it was compiled with, as it tells no other.
#pragma once

#include <string>

namespace mim::redis {

[[nodiscard]] std::string library_version();

}  // namespace mim::redis
