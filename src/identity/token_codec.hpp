// app::TokenCodec: JSON Web Tokens in compact form (RFC 7519), RS256 only.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "app/ports/credentials.hpp"
#include "identity/key_files.hpp"

namespace mim::identity {

struct TokenSettings {
    std::string issuer = "mim";
    std::string audience = "mim-api";
    // The leeway of `nbf` and `iat`: how far the clocks of two servers may lie apart before a fresh token of
    // one is refused by the other as not valid yet. Expiry knows no such grace. A refresh token may lie in
    // the future as far as it is long, so that a clock which was ahead and is put right ends no session.
    std::chrono::milliseconds clock_skew{5'000};
};

inline constexpr std::size_t longest_token = 4096;  // characters; longer ones are token_wrong unread

// Times are whole seconds in a token: a claim's milliseconds are cut off by `sign`.
[[nodiscard]] std::unique_ptr<app::TokenCodec> create_token_codec(const TokenSettings& settings,
                                                                  const KeyRing& keys);
// Of one pair alone.
[[nodiscard]] std::unique_ptr<app::TokenCodec> create_token_codec(const TokenSettings& settings,
                                                                  const KeyPair& pair);
// The public keys of the ring as a JSON Web Key Set (RFC 7517), the signing one first.
[[nodiscard]] std::string key_set_json(const KeyRing& keys);
// A fresh `jti`: 128 random bits.
[[nodiscard]] std::string generate_token_id();

}  // namespace mim::identity
