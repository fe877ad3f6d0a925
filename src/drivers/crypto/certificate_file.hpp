// Files of certificates that somebody is to be judged by.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace mim::drivers::crypto {

// Whether the file holds one certificate in PEM or more, and nothing broken. invalid_input, one line that
// names the file.
[[nodiscard]] Done check_certificates(const std::filesystem::path& file);

}  // namespace mim::drivers::crypto
