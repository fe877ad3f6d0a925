// What every TokenCodec promises.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/credentials.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class TokenCodecContract : public ::testing::Test {
  protected:
    app::TokenCodec& tokens() { return harness_.tokens(); }
    app::TokenCodec& stranger() { return harness_.stranger(); }
    app::Claims claims(app::TokenUse use = app::TokenUse::access) const {
        return {.user = user_,
                .family = family_,
                .use = use,
                .token_id = "jti-1",
                .role = app::Role::editor,
                .issued_at = at(0),
                .expires_at = at(600)};
    }
    std::string signed_token() { return tokens().sign(claims()).value(); }

  private:
    Harness harness_;
    UserId user_ = UserId::generate();
    TokenFamilyId family_ = TokenFamilyId::generate();
};
TYPED_TEST_SUITE_P(TokenCodecContract);

TYPED_TEST_P(TokenCodecContract, GivesBackEveryClaim) {
    for (const app::TokenUse use : {app::TokenUse::access, app::TokenUse::refresh}) {
        for (const app::Role role : {app::Role::admin, app::Role::editor, app::Role::viewer}) {
            app::Claims claims = this->claims(use);
            claims.role = role;
            const auto token = this->tokens().sign(claims);
            ASSERT_EQ(outcome(token), ok);
            const auto read = this->tokens().verify(*token, at(10));
            ASSERT_EQ(outcome(read), ok);
            EXPECT_EQ(read->user, claims.user);
            EXPECT_EQ(read->family, claims.family);
            EXPECT_EQ(read->use, use);
            EXPECT_EQ(read->token_id, "jti-1");
            EXPECT_EQ(read->role, role);
            EXPECT_EQ(read->issued_at, at(0));
            EXPECT_EQ(read->expires_at, at(600));
        }
    }
}

TYPED_TEST_P(TokenCodecContract, ExpiresOnTime) {
    const std::string token = this->signed_token();
    EXPECT_EQ(outcome(this->tokens().verify(token, at(599))), ok);
    EXPECT_EQ(outcome(this->tokens().verify(token, at(600))), "token_wrong");
    EXPECT_EQ(outcome(this->tokens().verify(token, at(100'000))), "token_wrong");
}

TYPED_TEST_P(TokenCodecContract, WhatIsNoTokenIsWrong) {
    for (const char* text : {"", "x", "a.b", "a.b.c.d", "..", "Bearer x.y.z", "!!!.???.$$$"}) {
        EXPECT_EQ(outcome(this->tokens().verify(text, at(10))), "token_wrong") << text;
    }
}

TYPED_TEST_P(TokenCodecContract, AnotherKeyIsWrong) {
    const auto token = this->stranger().sign(this->claims());
    ASSERT_EQ(outcome(token), ok);
    EXPECT_EQ(outcome(this->tokens().verify(*token, at(10))), "token_wrong");
    EXPECT_EQ(outcome(this->stranger().verify(*token, at(10))), ok);
}

TYPED_TEST_P(TokenCodecContract, AnyChangedPartIsRefused) {
    const std::string token = this->signed_token();
    for (std::size_t i = 0; i < token.size(); i += 7) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_NE(outcome(this->tokens().verify(changed, at(10))), ok) << "character " << i;
    }
    EXPECT_NE(outcome(this->tokens().verify(token.substr(0, token.rfind('.') + 1), at(10))), ok);
    EXPECT_NE(outcome(this->tokens().verify(token + "x", at(10))), ok);
}

TYPED_TEST_P(TokenCodecContract, AnotherAlgorithmIsRefused) {
    const std::string token = this->signed_token();
    const std::string rest = token.substr(token.find('.'));
    const std::string without_signature = rest.substr(0, rest.rfind('.') + 1);
    const std::string none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";    // {"alg":"none","typ":"JWT"}
    const std::string hs256 = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";  // {"alg":"HS256","typ":"JWT"}
    for (const std::string& forged : {none + rest, none + without_signature, hs256 + rest}) {
        EXPECT_NE(outcome(this->tokens().verify(forged, at(10))), ok) << forged;
    }
}

REGISTER_TYPED_TEST_SUITE_P(TokenCodecContract, GivesBackEveryClaim, ExpiresOnTime, WhatIsNoTokenIsWrong,
                            AnotherKeyIsWrong, AnyChangedPartIsRefused, AnotherAlgorithmIsRefused);

}  // namespace mim::contract
