// Every token here must be refused, with the right reason.
#include <gtest/gtest.h>
#include <sodium.h>

#include "unit/identity/token_test_tools.hpp"

namespace mim::identity {
namespace {

ErrorCode refused_as(const std::string& token, Timestamp now = test_now) {
    const auto verified = create_token_codec({}, test_keys())->verify(token, now);
    EXPECT_FALSE(verified) << token;
    if (verified) return ErrorCode::internal;
    return verified.error().code;
}

std::string good_token() {
    return signed_by(test_keys(), good_header(), good_payload());
}

std::string hmac_signed(const std::string& header, const std::string& payload, const std::string& secret) {
    const std::string text = encoded(header) + "." + encoded(payload);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
    return text + "." + encoded(digest);
}

TEST(TokenForgery, NotATokenAtAll) {
    for (const std::string& text :
         {std::string(), std::string("a"), std::string("a.b"), std::string("..."), std::string("a.b.c.d"),
          std::string(". ."), encoded("not json") + "." + encoded("{}") + ".AA",
          encoded("[]") + "." + encoded("{}") + ".AA", encoded("{}") + "." + encoded("not json") + ".AA",
          good_token() + "=", good_token() + ".x", good_token() + "\n", " " + good_token(),
          good_token() + std::string(5'000, 'A'), std::string(1'000'000, '.'),
          encoded(std::string(100, '[')) + "." + encoded("{}") + ".AA"}) {
        EXPECT_EQ(refused_as(text), ErrorCode::token_wrong) << text.substr(0, 80);
    }
}

TEST(TokenForgery, AlgorithmNone) {
    for (const char* name : {"none", "None", "NONE", ""}) {
        const std::string header = with(good_header(), "RS256", name);
        EXPECT_EQ(refused_as(encoded(header) + "." + encoded(good_payload()) + "."), ErrorCode::token_wrong);
        EXPECT_EQ(refused_as(signed_by(test_keys(), header, good_payload())), ErrorCode::token_wrong);
    }
}

TEST(TokenForgery, PublicKeyAsHmacSecret) {
    const std::string header = with(good_header(), "RS256", "HS256");
    EXPECT_EQ(refused_as(hmac_signed(header, good_payload(), test_keys().public_key.to_pem())),
              ErrorCode::token_wrong);
    EXPECT_EQ(refused_as(hmac_signed(good_header(), good_payload(), test_keys().public_key.to_pem())),
              ErrorCode::token_wrong);
}

TEST(TokenForgery, OtherHeaders) {
    for (const std::string& header :
         {with(good_header(), "RS256", "RS512"), with(good_header(), "JWT", "at+jwt"),
          with(good_header(), R"("JWT")", "7"), with(good_header(), R"("kid":")", R"("kid":"x)"),
          std::string(R"({"alg":"RS256","typ":"JWT"})"), std::string("{}"),
          with(good_header(), "{", R"({"crit":["exp"],)"),
          with(good_header(), "{", R"({"jku":"http://x/",)")}) {
        EXPECT_EQ(refused_as(signed_by(test_keys(), header, good_payload())), ErrorCode::token_wrong)
            << header;
    }
}

TEST(TokenForgery, AnotherKey) {
    auto key = drivers::crypto::PrivateKey::generate().value();
    const KeyPair other{key, key.public_half()};
    EXPECT_EQ(refused_as(signed_by(other, good_header(), good_payload())), ErrorCode::token_wrong);
    EXPECT_EQ(refused_as(create_token_codec({}, other)->sign(test_claims()).value()), ErrorCode::token_wrong);
}

TEST(TokenForgery, ChangedPayloadOrSignature) {
    const std::string token = good_token();
    const std::size_t first = token.find('.');
    const std::size_t second = token.rfind('.');
    const std::string raised = encoded(with(good_payload(), "admin", "owner"));
    EXPECT_EQ(refused_as(token.substr(0, first + 1) + raised + token.substr(second)), ErrorCode::token_wrong);
    std::string flipped = token;
    flipped[second + 10] = flipped[second + 10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refused_as(flipped), ErrorCode::token_wrong);
    EXPECT_EQ(refused_as(token.substr(0, second + 1)), ErrorCode::token_wrong);
    EXPECT_EQ(refused_as(token + "AAAA"), ErrorCode::token_wrong);
}

TEST(TokenForgery, ClaimsThatAreNotOurs) {
    const std::string payload = good_payload();
    for (const std::string& changed :
         {with(payload, R"("iss":"mim")", R"("iss":"mum")"), with(payload, "mim-api", "other-api"),
          with(payload, R"("aud":"mim-api")", R"("aud":["mim-api"])"),
          with(payload, R"("use":"access")", R"("use":"id")"), with(payload, "admin", "root"),
          with(payload, "0123456789abcdef01234567", "me"), with(payload, "abcdefabcdefabcdefabcdef", ""),
          with(payload, "token-1", ""), with(payload, R"("jti":"token-1",)", ""),
          with(payload, R"("exp":1800000900)", R"("exp":"1800000900")"),
          with(payload, R"(,"exp":1800000900)", ""),
          with(payload, R"("exp":1800000900)", R"("exp":9223372036854775807)"),
          with(payload, R"("exp":1800000900)", R"("exp":1e300)"),
          with(payload, R"("exp":1800000900)", R"("exp":-1)"),
          with(payload, R"("iat":1800000000)", R"("iat":1800000100)"), std::string("{}")}) {
        EXPECT_EQ(refused_as(signed_by(test_keys(), good_header(), changed)), ErrorCode::token_wrong)
            << changed;
    }
}

TEST(TokenForgery, OutsideItsTime) {
    const std::string early = with(good_payload(), R"("nbf":1800000000)", R"("nbf":1800000060)");
    EXPECT_EQ(refused_as(signed_by(test_keys(), good_header(), early)), ErrorCode::token_wrong);
    EXPECT_EQ(refused_as(good_token(), test_now + std::chrono::hours(1)), ErrorCode::token_wrong);
    EXPECT_EQ(refused_as(good_token(), test_now - std::chrono::hours(1)), ErrorCode::token_wrong);
}

}  // namespace
}  // namespace mim::identity
