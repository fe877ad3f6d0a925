// The two JSON parts of a token, to and from text, and the set of public keys. Pure. The only place that
// knows the JSON library.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mim::identity {

struct TokenHeader {
    std::string algorithm;            // `alg`
    std::optional<std::string> type;  // `typ`
    std::string key_id;               // `kid`
    bool has_other_members = false;   // `crit`, `jwk` …: nothing that we would sign
};

struct TokenPayload {
    std::string issuer;    // `iss`
    std::string audience;  // `aud`, one text
    std::string subject;   // `sub`, the user
    std::string family;    // `sid`
    std::string token_id;  // `jti`
    std::string use;       // "access" or "refresh"
    std::string role;
    std::int64_t issued_at = 0;   // `iat`, seconds since the epoch
    std::int64_t not_before = 0;  // `nbf`
    std::int64_t expires_at = 0;  // `exp`
};

// A public key as others learn of it, a member of a JSON Web Key Set.
struct PublishedKey {
    std::string algorithm;
    std::string key_id;
    std::string modulus;   // base64url
    std::string exponent;  // base64url
};

enum class JsonFault { not_json, wrong_members };

template <class T>
struct Parsed {
    std::optional<T> value;
    JsonFault fault = JsonFault::not_json;  // when there is no value
};

[[nodiscard]] std::string to_json(const TokenHeader& header);
[[nodiscard]] std::string to_json(const TokenPayload& payload);
[[nodiscard]] std::string to_json(const std::vector<PublishedKey>& keys);
// Every member must be there with its type; a payload may hold others.
[[nodiscard]] Parsed<TokenHeader> parse_header(std::string_view text);
[[nodiscard]] Parsed<TokenPayload> parse_payload(std::string_view text);

}  // namespace mim::identity
