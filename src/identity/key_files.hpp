// The signing key pair as two PEM files. Blocking. Error texts name the file, never its content.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "drivers/crypto/rsa_key.hpp"

namespace mim::identity {

inline constexpr const char* private_key_file = "private.pem";  // mode 0600
inline constexpr const char* public_key_file = "public.pem";    // mode 0644

struct KeyPair {
    drivers::crypto::PrivateKey private_key;
    drivers::crypto::PublicKey public_key;
};

// The pair that signs, and the public keys of others whose tokens are good too: during a rotation the last
// one, or the next one.
struct KeyRing {
    explicit KeyRing(KeyPair own, std::vector<drivers::crypto::PublicKey> also_accepted = {})
        : pair(std::move(own)), accepted(std::move(also_accepted)) {}
    KeyPair pair;
    std::vector<drivers::crypto::PublicKey> accepted;
};

// Makes a new pair in `folder`. Whole files appear or none; of several processes one wins. already_exists: a
// private key is there, which is never overwritten. internal: the folder cannot be written.
[[nodiscard]] Result<KeyPair> create_key_pair(const std::filesystem::path& folder);
// invalid_input: missing, unreadable, damaged or not a pair.
[[nodiscard]] Result<KeyPair> load_key_pair(const std::filesystem::path& private_file,
                                            const std::filesystem::path& public_file);
// The pair in `folder`, made on first use. Only the private key decides: a missing public file is written
// again.
[[nodiscard]] Result<KeyPair> load_or_create_key_pair(const std::filesystem::path& folder);

// The pair in `folder` as it is; makes nothing. invalid_input: no private key that can be read.
[[nodiscard]] Result<KeyPair> load_own_key_pair(const std::filesystem::path& folder);

// The public key in a file, or of every `.pem` file of a folder, sorted by name. invalid_input: missing,
// damaged, or private.
[[nodiscard]] Result<std::vector<drivers::crypto::PublicKey>> load_public_keys(
    const std::filesystem::path& file_or_folder);

}  // namespace mim::identity
