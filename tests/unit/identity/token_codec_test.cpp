#include "identity/token_codec.hpp"

#include <gtest/gtest.h>

#include "unit/identity/token_test_tools.hpp"

namespace mim::identity {
namespace {

TEST(TokenCodec, WhatIsSignedVerifies) {
    const auto codec = create_token_codec({}, test_keys());
    for (const app::TokenUse use : {app::TokenUse::access, app::TokenUse::refresh}) {
        for (const app::Role role : {app::Role::admin, app::Role::editor, app::Role::viewer}) {
            app::Claims claims = test_claims();
            claims.use = use;
            claims.role = role;
            const auto token = codec->sign(claims);
            ASSERT_TRUE(token);
            EXPECT_LT(token->size(), 1'024U);
            const auto verified = codec->verify(*token, test_now);
            ASSERT_TRUE(verified) << verified.error().message;
            EXPECT_EQ(verified->user, claims.user);
            EXPECT_EQ(verified->family, claims.family);
            EXPECT_EQ(verified->token_id, claims.token_id);
            EXPECT_EQ(verified->use, use);
            EXPECT_EQ(verified->role, role);
            EXPECT_EQ(verified->issued_at, claims.issued_at);
            EXPECT_EQ(verified->expires_at, claims.expires_at);
        }
    }
}

TEST(TokenCodec, ExpiryIsExactToTheSecond) {
    const auto codec = create_token_codec({}, test_keys());
    const app::Claims claims = test_claims();
    const std::string token = codec->sign(claims).value();
    EXPECT_TRUE(codec->verify(token, claims.expires_at - std::chrono::milliseconds(1)));
    const auto late = codec->verify(token, claims.expires_at);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::token_wrong);
    EXPECT_EQ(late.error().message, "the token has expired");
}

// Signed by a clock that was ahead and has been put right since.
TEST(TokenCodec, AnAccessTokenFromTheFutureIsRefusedWithWhatToDo) {
    const auto codec = create_token_codec({}, test_keys());
    const std::string token = codec->sign(test_claims()).value();
    EXPECT_TRUE(codec->verify(token, test_now - std::chrono::seconds(5)));
    const auto early = codec->verify(token, test_now - std::chrono::seconds(6));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::token_wrong);
    const std::vector<FieldError> told{{"token",
                                        "was issued at 2027-01-15T08:00:00.000Z, which the clock of this "
                                        "server has not reached yet: refresh "
                                        "it, or log in again"}};
    EXPECT_EQ(early.error().fields, told);
}

TEST(TokenCodec, ARefreshTokenMayComeFromAsFarAwayAsItLives) {
    const auto codec = create_token_codec({}, test_keys());
    app::Claims claims = test_claims();
    claims.use = app::TokenUse::refresh;
    claims.expires_at = claims.issued_at + std::chrono::hours(24);
    const std::string token = codec->sign(claims).value();
    EXPECT_TRUE(codec->verify(token, test_now - std::chrono::hours(24)));
    const auto early = codec->verify(token, test_now - std::chrono::hours(24) - std::chrono::seconds(1));
    ASSERT_FALSE(early);
    ASSERT_EQ(early.error().fields.size(), 1U);
    EXPECT_TRUE(early.error().fields[0].reason.ends_with("yet: log in again"));
    EXPECT_FALSE(codec->verify(token, claims.expires_at));
}

TEST(TokenCodec, MillisecondsAreCutOffAndTheTokenIsValidAtOnce) {
    const auto codec = create_token_codec({}, test_keys());
    app::Claims claims = test_claims();
    claims.issued_at += std::chrono::milliseconds(999);
    EXPECT_EQ(codec->verify(codec->sign(claims).value(), claims.issued_at).value().issued_at, test_now);
}

TEST(TokenCodec, AHandMadeTokenWithOurKeyIsOurs) {
    const auto codec = create_token_codec({}, test_keys());
    EXPECT_TRUE(codec->verify(signed_by(test_keys(), good_header(), good_payload()), test_now));
    EXPECT_TRUE(codec->verify(
        signed_by(test_keys(), with(good_header(), R"("typ":"JWT",)", ""), good_payload()), test_now));
    EXPECT_TRUE(codec->verify(
        signed_by(test_keys(), good_header(), with(good_payload(), "{", R"({"extra":[1],)")), test_now));
}

TEST(TokenCodec, TokenIdsDiffer) {
    EXPECT_NE(generate_token_id(), generate_token_id());
}

KeyPair new_keys() {
    auto key = drivers::crypto::PrivateKey::generate().value();
    auto half = key.public_half();
    return KeyPair{std::move(key), std::move(half)};
}

TEST(TokenCodec, ARotationKeepsOldTokensGoodWhileTheOldKeyIsAccepted) {
    const KeyPair next = new_keys();
    const std::string old_token = create_token_codec({}, test_keys())->sign(test_claims()).value();
    const auto rotated = create_token_codec({}, KeyRing(next, {test_keys().public_key}));
    EXPECT_TRUE(rotated->verify(old_token, test_now));
    const std::string new_token = rotated->sign(test_claims()).value();
    EXPECT_TRUE(rotated->verify(new_token, test_now));
    // Before the switch, servers that already know the next key accept what the first switched one signs.
    EXPECT_TRUE(create_token_codec({}, KeyRing(test_keys(), {next.public_key}))->verify(new_token, test_now));
    const auto afterwards = create_token_codec({}, next);
    EXPECT_TRUE(afterwards->verify(new_token, test_now));
    EXPECT_EQ(afterwards->verify(old_token, test_now).error().code, ErrorCode::token_wrong);
}

TEST(TokenCodec, AnAcceptedKeyVerifiesOnlyWhatNamesIt) {
    const KeyPair next = new_keys();
    const auto codec = create_token_codec({}, KeyRing(test_keys(), {next.public_key}));
    EXPECT_TRUE(codec->verify(signed_by(test_keys(), good_header(), good_payload()), test_now));
    EXPECT_EQ(codec->verify(signed_by(next, good_header(), good_payload()), test_now).error().code,
              ErrorCode::token_wrong);
}

TEST(TokenCodec, PublishesEachKeyOnceTheSigningOneFirst) {
    const KeyPair next = new_keys();
    const std::string set =
        key_set_json(KeyRing(next, {test_keys().public_key, next.public_key, test_keys().public_key}));
    const std::size_t first = set.find(next.public_key.thumbprint());
    const std::size_t second = set.find(test_keys().public_key.thumbprint());
    ASSERT_NE(first, std::string::npos);
    EXPECT_LT(first, second);
    EXPECT_EQ(set.find("\"kid\"", second), std::string::npos);
}

}  // namespace
}  // namespace mim::identity
