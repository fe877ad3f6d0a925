// A key of 32 bytes that seals texts, and the id that stands beside what it has sealed. Immutable.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace mim::drivers::crypto {

class SealKey {
  public:
    [[nodiscard]] static SealKey generate();
    // 32 bytes as base64 (43 digits, or 44 with the padding; either alphabet) or as 64 hex digits.
    // invalid_input without any of the text.
    [[nodiscard]] static Result<SealKey> parse(const Secret& text);

    // Derived from the key by BLAKE2b, so that it cannot be mistaken; tells nothing about the key.
    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] Secret text() const;  // as parse() reads it
    [[nodiscard]] const Secret& bytes() const { return bytes_; }

  private:
    explicit SealKey(Secret bytes);
    Secret bytes_;
    std::string id_;
};

// Several keys as one text: separated by white space or commas, from a # to the end of its line a remark.
// invalid_input: none at all, one that is not a key (its position is named), or one that is there twice.
[[nodiscard]] Result<std::vector<SealKey>> parse_seal_keys(const Secret& text);

}  // namespace mim::drivers::crypto
