#include "identity/token_codec.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/time.hpp"
#include "drivers/crypto/base64url.hpp"
#include "drivers/crypto/random.hpp"
#include "identity/claims_json.hpp"

namespace mim::identity {
namespace {

namespace crypto = drivers::crypto;
using app::Claims;
using app::Role;
using app::TokenUse;

constexpr std::string_view algorithm = "RS256";
constexpr std::string_view token_type = "JWT";
constexpr std::string_view access_use = "access";
constexpr std::string_view refresh_use = "refresh";

Error wrong(std::string reason) {
    return {ErrorCode::token_wrong, std::move(reason)};
}
Error not_a_token() {
    return wrong("the token is not a JSON Web Token");
}

// Its signature is ours, so whoever sent it may know why it is refused and what to do.
Error not_valid_yet(const Claims& claims) {
    Error error = wrong("the token is not valid yet");
    const std::string_view remedy =
        claims.use == TokenUse::access ? "refresh it, or log in again" : "log in again";
    error.fields = {
        {"token", "was issued at " + to_rfc3339(claims.issued_at) +
                      ", which the clock of this server has not reached yet: " + std::string(remedy)}};
    return error;
}

std::int64_t seconds_of(Timestamp time) {
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

// Forged tokens never get here, but the arithmetic must not overflow for any number either.
std::optional<Timestamp> timestamp_of(std::int64_t seconds) {
    constexpr std::int64_t year_9999 = 253'402'300'800;
    if (seconds < 0 || seconds >= year_9999) return std::nullopt;
    return Timestamp(std::chrono::seconds(seconds));
}

std::optional<Role> role_of(std::string_view name) {
    for (const Role role : {Role::admin, Role::editor, Role::viewer}) {
        if (to_string(role) == name) return role;
    }
    return std::nullopt;
}

std::optional<TokenUse> use_of(std::string_view name) {
    if (name == access_use) return TokenUse::access;
    if (name == refresh_use) return TokenUse::refresh;
    return std::nullopt;
}

struct Parts {
    std::string header;     // JSON text
    std::string payload;    // JSON text
    std::string signature;  // bytes
    std::string_view signed_text;
};

std::optional<Parts> split(std::string_view token) {
    if (token.size() > longest_token) return std::nullopt;
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    auto header = crypto::from_base64url(token.substr(0, first));
    auto payload = crypto::from_base64url(token.substr(first + 1, second - first - 1));
    auto signature = crypto::from_base64url(token.substr(second + 1));  // a third dot is not base64url
    if (!header || !payload || !signature) return std::nullopt;
    return Parts{std::move(*header), std::move(*payload), std::move(*signature), token.substr(0, second)};
}

class Rs256Codec final : public app::TokenCodec {
  public:
    Rs256Codec(const TokenSettings& settings, const KeyRing& keys)
        : settings_(settings),
          private_key_(keys.pair.private_key),
          header_(crypto::to_base64url(to_json(TokenHeader{std::string(algorithm), std::string(token_type),
                                                           keys.pair.public_key.thumbprint()}))) {
        keys_.emplace(keys.pair.public_key.thumbprint(), keys.pair.public_key);
        for (const crypto::PublicKey& key : keys.accepted) keys_.emplace(key.thumbprint(), key);
    }

    Result<std::string> sign(const Claims& claims) override {
        TokenPayload payload;
        payload.issuer = settings_.issuer;
        payload.audience = settings_.audience;
        payload.subject = claims.user.text();
        payload.family = claims.family.text();
        payload.token_id = claims.token_id;
        payload.use = claims.use == TokenUse::access ? access_use : refresh_use;
        payload.role = to_string(claims.role);
        payload.issued_at = payload.not_before = seconds_of(claims.issued_at);
        payload.expires_at = seconds_of(claims.expires_at);
        std::string text = header_ + "." + crypto::to_base64url(to_json(payload));
        MIM_TRY(signature, private_key_.sign(text));
        return text + "." + crypto::to_base64url(signature);
    }

    Result<Claims> verify(std::string_view token, Timestamp now) override {
        const auto parts = split(token);
        if (!parts) return not_a_token();
        const auto header = parse_header(parts->header);
        const auto payload = parse_payload(parts->payload);
        for (const auto& [value, fault] : {std::pair{header.value.has_value(), header.fault},
                                           std::pair{payload.value.has_value(), payload.fault}}) {
            if (!value && fault == JsonFault::not_json) return not_a_token();
        }
        const crypto::PublicKey* key = header.value ? key_of(*header.value) : nullptr;
        if (key == nullptr) return wrong("the token was not signed by this service");
        if (key->verify(parts->signed_text, parts->signature) == crypto::PublicKey::Verdict::forged) {
            return wrong("the token's signature is wrong");
        }
        if (!payload.value) return wrong("the token lacks a claim");
        return claims_of(*payload.value, now);
    }

  private:
    // The key decides the algorithm, the header only which key of ours it was; null when none of them.
    [[nodiscard]] const crypto::PublicKey* key_of(const TokenHeader& header) const {
        const bool is_ours = header.algorithm == algorithm && (!header.type || *header.type == token_type) &&
                             !header.has_other_members;
        const auto key = keys_.find(header.key_id);
        return is_ours && key != keys_.end() ? &key->second : nullptr;
    }

    [[nodiscard]] Result<Claims> claims_of(const TokenPayload& payload, Timestamp now) const {
        if (payload.issuer != settings_.issuer) return wrong("the token has another issuer");
        if (payload.audience != settings_.audience) return wrong("the token is for another audience");
        const auto user = UserId::parse(payload.subject);
        const auto family = TokenFamilyId::parse(payload.family);
        const auto use = use_of(payload.use);
        const auto role = role_of(payload.role);
        const auto issued_at = timestamp_of(payload.issued_at);
        const auto not_before = timestamp_of(payload.not_before);
        const auto expires_at = timestamp_of(payload.expires_at);
        if (!user || !family || !use || !role || !issued_at || !not_before || !expires_at ||
            payload.token_id.empty()) {
            return wrong("the token has a claim of the wrong form");
        }
        if (now >= *expires_at) return wrong("the token has expired");
        const Claims claims{*user, *family, *use, payload.token_id, *role, *issued_at, *expires_at};
        const Timestamp latest = now + leeway_of(claims);
        if (latest < *not_before || latest < *issued_at) return not_valid_yet(claims);
        return claims;
    }

    // A clock that was ahead signed tokens that lie in the future once it is put right. Whoever holds a pair
    // of them goes on by refreshing: that is spent by its use and belongs to a session that can be ended. A
    // token from farther away than it lives would be good for much longer than was meant.
    [[nodiscard]] std::chrono::milliseconds leeway_of(const Claims& claims) const {
        if (claims.use == TokenUse::access) return settings_.clock_skew;
        return std::max(settings_.clock_skew, claims.expires_at - claims.issued_at);
    }

    TokenSettings settings_;
    crypto::PrivateKey private_key_;
    std::map<std::string, crypto::PublicKey, std::less<>> keys_;  // by `kid`
    std::string header_;
};

}  // namespace

std::unique_ptr<app::TokenCodec> create_token_codec(const TokenSettings& settings, const KeyRing& keys) {
    return std::make_unique<Rs256Codec>(settings, keys);
}

std::unique_ptr<app::TokenCodec> create_token_codec(const TokenSettings& settings, const KeyPair& pair) {
    return create_token_codec(settings, KeyRing(pair));
}

std::string key_set_json(const KeyRing& keys) {
    std::vector<PublishedKey> published;
    const auto publish = [&published](const crypto::PublicKey& key) {
        const std::string id = key.thumbprint();
        if (std::ranges::find(published, id, &PublishedKey::key_id) != published.end()) return;
        crypto::PublicKey::Numbers numbers = key.numbers();
        published.push_back(
            {std::string(algorithm), id, std::move(numbers.modulus), std::move(numbers.exponent)});
    };
    publish(keys.pair.public_key);
    for (const crypto::PublicKey& key : keys.accepted) publish(key);
    return to_json(published);
}

std::string generate_token_id() {
    return drivers::crypto::random_text(16);
}

}  // namespace mim::identity
