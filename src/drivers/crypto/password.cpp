#include "drivers/crypto/password.hpp"

#include <sodium.h>

#include "drivers/crypto/random.hpp"
#include "drivers/crypto/sodium.hpp"

namespace mim::drivers::crypto {
namespace {

constexpr std::size_t hash_bytes = 32;

std::string to_plain_base64(const std::string& bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), variant);
    text.pop_back();
    return text;
}

}  // namespace

Result<Secret> argon2id_hash(const Secret& password, const Argon2Cost& cost) {
    initialise_sodium();
    std::string text(crypto_pwhash_STRBYTES, '\0');
    const int failed =
        crypto_pwhash_str_alg(text.data(), password.reveal().c_str(), password.reveal().size(), cost.passes,
                              static_cast<std::size_t>(cost.memory_bytes), crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) return Error(ErrorCode::internal, "the password could not be hashed: not enough memory");
    text.resize(text.find('\0'));
    return Secret(std::move(text));
}

Match argon2id_verify(const Secret& password, const Secret& hash) {
    initialise_sodium();
    if (!hash.reveal().starts_with(crypto_pwhash_argon2id_STRPREFIX)) return Match::no;
    const int failed =
        crypto_pwhash_str_verify(hash.reveal().c_str(), password.reveal().c_str(), password.reveal().size());
    return failed == 0 ? Match::yes : Match::no;
}

Secret argon2id_decoy(const Argon2Cost& cost) {
    return Secret("$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) +
                  ",t=" + std::to_string(cost.passes) + ",p=1$" +
                  to_plain_base64(random_bytes(crypto_pwhash_SALTBYTES)) + "$" +
                  to_plain_base64(random_bytes(hash_bytes)));
}

}  // namespace mim::drivers::crypto
