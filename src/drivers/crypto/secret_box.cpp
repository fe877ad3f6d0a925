#include "drivers/crypto/secret_box.hpp"

#include <algorithm>
#include <stdexcept>

#include <sodium.h>

#include "drivers/crypto/base64url.hpp"
#include "drivers/crypto/bytes_of.hpp"
#include "drivers/crypto/random.hpp"
#include "drivers/crypto/sodium.hpp"

namespace mim::drivers::crypto {
namespace {

constexpr std::string_view prefix = "sealed:";
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* room_in(std::string& bytes, std::size_t at = 0) {
    return reinterpret_cast<unsigned char*>(bytes.data()) + at;
}

struct Parts {
    std::string_view key_id;
    std::string_view payload;
};

std::optional<Parts> parts_of(std::string_view sealed) {
    if (!sealed.starts_with(prefix)) return std::nullopt;
    sealed.remove_prefix(prefix.size());
    const auto colon = sealed.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return Parts{sealed.substr(0, colon), sealed.substr(colon + 1)};
}

Error unreadable(std::string reason) {
    return {ErrorCode::secret_unreadable, std::move(reason)};
}

}  // namespace

SecretBox::SecretBox(std::vector<SealKey> keys)
    : keys_(std::make_shared<const std::vector<SealKey>>(std::move(keys))) {
    if (keys_->empty()) throw std::logic_error("a secret box needs a key");
}

std::string SecretBox::seal(const Secret& plain, std::string_view belongs_to) const {
    initialise_sodium();
    const auto& key = keys_->front();
    const auto& text = plain.reveal();
    std::string payload = random_bytes(nonce_bytes);
    payload.resize(nonce_bytes + text.size() + tag_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(room_in(payload, nonce_bytes), nullptr, bytes_of(text),
                                               text.size(), bytes_of(belongs_to), belongs_to.size(), nullptr,
                                               bytes_of(payload), bytes_of(key.bytes().reveal()));
    return std::string(prefix) + key.id() + ":" + to_base64url(payload);
}

Result<Secret> SecretBox::open(std::string_view sealed, std::string_view belongs_to) const {
    initialise_sodium();
    const auto parts = parts_of(sealed);
    if (!parts) return unreadable("it is damaged");
    const auto key = std::ranges::find(*keys_, parts->key_id, &SealKey::id);
    if (key == keys_->end()) {
        return unreadable("it is sealed with the key " + std::string(parts->key_id) +
                          ", which is not among the keys of this process");
    }
    const auto payload = from_base64url(parts->payload);
    if (!payload || payload->size() < nonce_bytes + tag_bytes) return unreadable("it is damaged");
    std::string text(payload->size() - nonce_bytes - tag_bytes, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        room_in(text), nullptr, nullptr, bytes_of(*payload) + nonce_bytes, payload->size() - nonce_bytes,
        bytes_of(belongs_to), belongs_to.size(), bytes_of(*payload), bytes_of(key->bytes().reveal()));
    if (failed != 0) return unreadable("it is damaged, or was moved here from another place");
    return Secret(std::move(text));
}

bool SecretBox::is_sealed(std::string_view text) {
    return parts_of(text).has_value();
}

std::optional<std::string> SecretBox::key_id_of(std::string_view sealed) {
    const auto parts = parts_of(sealed);
    if (!parts) return std::nullopt;
    return std::string(parts->key_id);
}

}  // namespace mim::drivers::crypto
