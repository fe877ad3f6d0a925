// libbson as a whole: the version that runs.
#pragma once

#include <string>

namespace mim::bson {

[[nodiscard]] std::string library_version();

}  // namespace mim::bson
