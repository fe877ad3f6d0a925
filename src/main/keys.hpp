// The key pair that signs tokens: the configured files, or one in the data folder that is made at first
// start; and the public keys that are accepted beside it.
#pragma once

#include "identity/key_files.hpp"
#include "main/secret_keys.hpp"
#include "main/settings.hpp"

namespace mim::main {

// invalid_input: one key configured without the other, a file missing or damaged.
[[nodiscard]] Result<identity::KeyRing> token_keys(const ServeSettings& settings, AbsentKey absent);

// The same as far as it can be told without making anything, each under the name of its setting.
[[nodiscard]] std::vector<FieldError> token_key_problems(const ServeSettings& settings);

}  // namespace mim::main
