// Seals texts for keeping: XChaCha20-Poly1305 with a random nonce, bound to what the text belongs to, so that
// a sealed text is worth nothing in another place. What comes out is one word: `sealed:KEY_ID:BASE64URL`, of
// nonce and ciphertext. One key seals, any of the keys opens. Immutable, cheap to copy, thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/crypto/seal_key.hpp"

namespace mim::drivers::crypto {

class SecretBox {
  public:
    // `keys`: at least one; the first is the one that seals.
    explicit SecretBox(std::vector<SealKey> keys);

    [[nodiscard]] std::string seal(const Secret& plain, std::string_view belongs_to) const;
    // secret_unreadable: sealed by a key that is not here (its id is named), for another place, or damaged.
    [[nodiscard]] Result<Secret> open(std::string_view sealed, std::string_view belongs_to) const;

    // What seal() has made, as opposed to a text in the clear.
    [[nodiscard]] static bool is_sealed(std::string_view text);
    // None when it is not sealed.
    [[nodiscard]] static std::optional<std::string> key_id_of(std::string_view sealed);

    [[nodiscard]] const std::string& current_id() const { return keys_->front().id(); }
    [[nodiscard]] const std::vector<SealKey>& keys() const { return *keys_; }

  private:
    std::shared_ptr<const std::vector<SealKey>> keys_;
};

}  // namespace mim::drivers::crypto
