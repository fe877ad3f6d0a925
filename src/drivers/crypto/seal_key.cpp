#include "drivers/crypto/seal_key.hpp"

#include <algorithm>

#include <sodium.h>

#include "drivers/crypto/base64url.hpp"
#include "drivers/crypto/bytes_of.hpp"
#include "drivers/crypto/random.hpp"
#include "drivers/crypto/sodium.hpp"

namespace mim::drivers::crypto {
namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t hex_digits = 2 * key_bytes;
constexpr std::size_t id_bytes = 9;  // twelve digits
constexpr std::string_view id_purpose = "mim key id";
constexpr std::string_view separators = " \t\r\n,";

std::string id_of(const Secret& key) {
    initialise_sodium();
    std::string digest(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(), bytes_of(id_purpose),
                       id_purpose.size(), bytes_of(key.reveal()), key.reveal().size());
    return to_base64url(std::string_view(digest).substr(0, id_bytes));
}

std::optional<std::string> from_hex(std::string_view text) {
    std::string bytes(key_bytes, '\0');
    std::size_t size = 0;
    const int failed = sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                      text.data(), text.size(), nullptr, &size, nullptr);
    if (failed != 0 || size != key_bytes) return std::nullopt;
    return bytes;
}

std::optional<std::string> from_any_base64(std::string text) {
    while (text.ends_with('=')) text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    auto bytes = from_base64url(text);
    if (!bytes || bytes->size() != key_bytes) return std::nullopt;
    return bytes;
}

Secret without_remarks(const Secret& text) {
    std::string kept;
    bool in_remark = false;
    for (const char c : text.reveal()) {
        if (c == '#') in_remark = true;
        if (c == '\n') in_remark = false;
        if (!in_remark) kept.push_back(c);
    }
    return Secret(std::move(kept));
}

}  // namespace

SealKey::SealKey(Secret bytes) : bytes_(std::move(bytes)), id_(id_of(bytes_)) {}

SealKey SealKey::generate() {
    return SealKey(Secret(random_bytes(key_bytes)));
}

Result<SealKey> SealKey::parse(const Secret& text) {
    initialise_sodium();
    const auto& digits = text.reveal();
    auto bytes = digits.size() == hex_digits ? from_hex(digits) : from_any_base64(digits);
    if (!bytes) return Error(ErrorCode::invalid_input, "not a key: 32 bytes as base64 or as 64 hex digits");
    return SealKey(Secret(std::move(*bytes)));
}

Secret SealKey::text() const {
    return Secret(to_base64url(bytes_.reveal()));
}

Result<std::vector<SealKey>> parse_seal_keys(const Secret& text) {
    std::vector<SealKey> keys;
    const Secret plain = without_remarks(text);
    std::string_view rest = plain.reveal();
    for (;;) {
        rest.remove_prefix(std::min(rest.find_first_not_of(separators), rest.size()));
        if (rest.empty()) break;
        const auto end = std::min(rest.find_first_of(separators), rest.size());
        auto key = SealKey::parse(Secret(std::string(rest.substr(0, end))));
        const std::string place = "key " + std::to_string(keys.size() + 1);
        if (!key) return Error(ErrorCode::invalid_input, place + " is " + key.error().message);
        for (const auto& other : keys) {
            if (other.id() == key->id()) return Error(ErrorCode::invalid_input, place + " is there twice");
        }
        keys.push_back(std::move(*key));
        rest.remove_prefix(end);
    }
    if (keys.empty()) return Error(ErrorCode::invalid_input, "there is no key in it");
    return keys;
}

}  // namespace mim::drivers::crypto
