// What the connection strings in the store are sealed with.
#pragma once

#include <filesystem>

#include "base/secret.hpp"

namespace mim::main {

struct SecretSettings {
    std::filesystem::path key_file;  // empty = DATA/secret.key, made at first start
    Secret keys;                     // the same as a text, in place of the file
};

}  // namespace mim::main
