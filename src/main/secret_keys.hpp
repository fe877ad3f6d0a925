// The keys that seal the connection strings in the store: those that the settings give, or a file in the data
// folder that is made at first start. A store of many servers has no such folder, so there they must be
// given.
#pragma once

#include "base/result.hpp"
#include "drivers/crypto/secret_box.hpp"
#include "main/settings.hpp"
#include "store/uri_sealing.hpp"

namespace mim::main {

enum class AbsentKey { make, refuse };

struct SecretKeys {
    drivers::crypto::SecretBox box;
    enum class Origin { given, made } origin = Origin::given;
};

// invalid_input: both settings, none where one is needed, a file that is missing or holds something else. One
// line, without any key.
[[nodiscard]] Result<SecretKeys> secret_keys(const ServeSettings& settings, AbsentKey absent);
// In the data folder.
inline constexpr const char* own_secret_key_file = "secret.key";
// The file that the settings mean when no keys are given as a text.
[[nodiscard]] std::filesystem::path secret_key_file(const ServeSettings& settings);
// Whether the box holds one of the keys that the strings are sealed by.
[[nodiscard]] bool knows_any(const drivers::crypto::SecretBox& box, const store::SealCount& seals);
// Makes a key and writes it first into `file`, before those that are there; its id. As secret_keys; internal:
// the file cannot be written.
[[nodiscard]] Result<std::string> add_secret_key(const std::filesystem::path& file);

}  // namespace mim::main
