// Compression in gzip's format. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace mim::zlib {

// At zlib's quickest level.
[[nodiscard]] std::string gzip(std::string_view plain);

// Of zlib, as it runs.
[[nodiscard]] std::string library_version();

}  // namespace mim::zlib
