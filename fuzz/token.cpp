// Tokens: nothing but what was signed here is ever believed. `TOKEN` stands for a genuine one.
#include "fuzz.hpp"
#include "http/access.hpp"
#include "identity/token_codec.hpp"

namespace {

using mim::fuzz::must;

constexpr mim::Timestamp now{std::chrono::seconds{1'767'225'600}};

struct Issuer {
    std::unique_ptr<mim::app::TokenCodec> codec;
    mim::app::Claims claims{.user = mim::UserId::generate(), .family = mim::TokenFamilyId::generate()};
    std::string genuine;

    Issuer() {
        const auto key = mim::drivers::crypto::PrivateKey::generate().value();
        codec = mim::identity::create_token_codec({}, mim::identity::KeyPair{key, key.public_half()});
        claims.token_id = "fuzz";
        claims.issued_at = now;
        claims.expires_at = now + std::chrono::hours{1};
        genuine = codec->sign(claims).value();
    }
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Issuer issuer;
    const std::string text = mim::fuzz::filled_in(mim::fuzz::text_of(data, size), "TOKEN", issuer.genuine);
    const auto bearer = mim::http::bearer_token(text);
    for (const std::string_view token : {std::string_view(text), bearer ? *bearer : std::string_view()}) {
        const auto claims = issuer.codec->verify(token, now);
        if (!claims) continue;
        must(claims->user == issuer.claims.user && claims->family == issuer.claims.family &&
                 claims->role == issuer.claims.role && claims->expires_at == issuer.claims.expires_at,
             "only what was signed is believed", token);
        must(token.starts_with(issuer.genuine.substr(0, issuer.genuine.rfind('.'))), "as it was signed",
             token);
    }
    return 0;
}
