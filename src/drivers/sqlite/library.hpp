// SQLite as a whole: the version that runs.
#pragma once

#include <string>

namespace mim::sqlite {

[[nodiscard]] std::string library_version();

}  // namespace mim::sqlite
