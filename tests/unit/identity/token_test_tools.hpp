// Tokens made by hand, as a forger would.
#pragma once

#include <string>

#include "drivers/crypto/base64url.hpp"
#include "identity/token_codec.hpp"

namespace mim::identity {

inline const KeyPair& test_keys() {
    static const KeyPair pair = [] {
        auto key = drivers::crypto::PrivateKey::generate().value();
        auto half = key.public_half();
        return KeyPair{std::move(key), std::move(half)};
    }();
    return pair;
}

inline constexpr Timestamp test_now{std::chrono::milliseconds{1'800'000'000'000}};

inline app::Claims test_claims() {
    app::Claims claims{UserId::parse("0123456789abcdef01234567").value(),
                       TokenFamilyId::parse("abcdefabcdefabcdefabcdef").value()};
    claims.token_id = "token-1";
    claims.role = app::Role::admin;
    claims.issued_at = test_now;
    claims.expires_at = test_now + std::chrono::minutes(15);
    return claims;
}

inline std::string encoded(std::string_view json) {
    return drivers::crypto::to_base64url(json);
}

// Header and payload as given, signed with RS256 by `keys`.
inline std::string signed_by(const KeyPair& keys, const std::string& header, const std::string& payload) {
    const std::string text = encoded(header) + "." + encoded(payload);
    return text + "." + encoded(keys.private_key.sign(text).value());
}

inline std::string good_header() {
    return R"({"alg":"RS256","typ":"JWT","kid":")" + test_keys().public_key.thumbprint() + "\"}";
}

inline std::string good_payload() {
    return R"({"iss":"mim","aud":"mim-api","sub":"0123456789abcdef01234567","sid":"abcdefabcdefabcdefabcdef",)"
           R"("jti":"token-1","use":"access","role":"admin","iat":1800000000,"nbf":1800000000,"exp":1800000900})";
}

// `text` with the first `from` replaced by `to`; the test fails loudly when there is none.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace mim::identity
