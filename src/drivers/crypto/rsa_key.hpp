// RSA keys for RS256 (RSASSA-PKCS1-v1_5 with SHA-256), parsed once and kept. Immutable, cheap to copy,
// thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace mim::drivers::crypto {

inline constexpr int new_key_bits = 2048;
inline constexpr int least_key_bits = 2048;

class PublicKey {
  public:
    // invalid_input, one line: not PEM, not RSA, too short.
    [[nodiscard]] static Result<PublicKey> from_pem(std::string_view pem);
    [[nodiscard]] std::string to_pem() const;
    enum class Verdict { genuine, forged };
    // About 20 µs.
    [[nodiscard]] Verdict verify(std::string_view message, std::string_view signature) const;
    // The key's thumbprint by RFC 7638: the same for the same key, everywhere.
    [[nodiscard]] std::string thumbprint() const;
    // Modulus and exponent as a JSON Web Key writes them: base64url of the big-endian bytes.
    struct Numbers {
        std::string modulus;
        std::string exponent;
    };
    [[nodiscard]] Numbers numbers() const;

  private:
    friend class PrivateKey;
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

class PrivateKey {
  public:
    // Takes tens to hundreds of milliseconds.
    [[nodiscard]] static Result<PrivateKey> generate();
    // As PublicKey::from_pem; also invalid_input when the PEM is encrypted.
    [[nodiscard]] static Result<PrivateKey> from_pem(const Secret& pem);
    [[nodiscard]] Secret to_pem() const;
    // About 260 µs. internal when OpenSSL fails.
    [[nodiscard]] Result<std::string> sign(std::string_view message) const;
    [[nodiscard]] PublicKey public_half() const;

  private:
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

enum class KeyPairing { belong_together, differ };
[[nodiscard]] KeyPairing compare_keys(const PrivateKey& private_key, const PublicKey& public_key);

}  // namespace mim::drivers::crypto
