// What every TokenFamilyStore promises.
#pragma once

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "app/ports/user_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class TokenFamilyStoreContract : public ::testing::Test {
  protected:
    app::TokenFamilyStore& families() { return harness_.families(); }
    app::FamilyState state(const TokenFamilyId& id) { return families().standing(id)->state; }
    // At a moment of its own: siblings are good for ten seconds.
    Done rotate(const TokenFamilyId& id, std::string_view used, std::string_view next, Timestamp expires_at,
                std::chrono::milliseconds since_first = std::chrono::milliseconds{0}) {
        return families().rotate(id, {.used = used,
                                      .next = next,
                                      .next_expires_at = expires_at,
                                      .now = at(100) + since_first,
                                      .sibling_window = std::chrono::seconds{10}});
    }
    UserId new_user(const std::string& name) {
        const app::User user = a_user(name);
        EXPECT_EQ(outcome(harness_.users().create(user)), ok);
        return user.id;
    }
    app::TokenFamily opened(const UserId& user, const std::string& refresh_id) {
        app::TokenFamily family = a_family(user, refresh_id);
        EXPECT_EQ(outcome(families().open(family)), ok);
        return family;
    }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(TokenFamilyStoreContract);

TYPED_TEST_P(TokenFamilyStoreContract, LivesFromOpeningToRevocation) {
    const auto family = this->opened(this->new_user("ada"), "r1");
    EXPECT_EQ(this->state(family.id), app::FamilyState::live);
    EXPECT_EQ(outcome(this->families().revoke(family.id)), ok);
    EXPECT_EQ(this->state(family.id), app::FamilyState::revoked);
    EXPECT_EQ(outcome(this->families().revoke(family.id)), ok);
    EXPECT_EQ(outcome(this->rotate(family.id, "r1", "r2", at(2000))), "token_revoked");
}

TYPED_TEST_P(TokenFamilyStoreContract, KeepsTheVersionItWasOpenedAt) {
    app::TokenFamily family = a_family(this->new_user("ada"), "r1");
    family.session_version = 3;
    ASSERT_EQ(outcome(this->families().open(family)), ok);
    ASSERT_EQ(outcome(this->rotate(family.id, "r1", "r2", at(2000))), ok);
    EXPECT_EQ(this->families().standing(family.id)->session_version, 3);
}

TYPED_TEST_P(TokenFamilyStoreContract, UnknownFamiliesAreRevoked) {
    const TokenFamilyId unknown = TokenFamilyId::generate();
    EXPECT_EQ(this->state(unknown), app::FamilyState::revoked);
    EXPECT_EQ(outcome(this->families().revoke(unknown)), ok);
    EXPECT_EQ(outcome(this->rotate(unknown, "r1", "r2", at(2000))), "token_revoked");
}

TYPED_TEST_P(TokenFamilyStoreContract, RotatesFromOneTokenToTheNext) {
    const auto family = this->opened(this->new_user("ada"), "r1");
    EXPECT_EQ(outcome(this->rotate(family.id, "r1", "r2", at(2000))), ok);
    EXPECT_EQ(outcome(this->rotate(family.id, "r2", "r3", at(3000))), ok);
    EXPECT_EQ(this->state(family.id), app::FamilyState::live);
}

TYPED_TEST_P(TokenFamilyStoreContract, ReuseOfASpentTokenRevokesTheFamily) {
    constexpr std::chrono::seconds later{10};
    const auto family = this->opened(this->new_user("ada"), "r1");
    ASSERT_EQ(outcome(this->rotate(family.id, "r1", "r2", at(2000))), ok);
    EXPECT_EQ(outcome(this->rotate(family.id, "r1", "r3", at(2000), later)), "token_revoked");
    EXPECT_EQ(this->state(family.id), app::FamilyState::revoked);
    EXPECT_EQ(outcome(this->rotate(family.id, "r2", "r4", at(2000), later)), "token_revoked");
}

TYPED_TEST_P(TokenFamilyStoreContract, ATokenThatNobodyWasGivenRevokesTheFamily) {
    const auto family = this->opened(this->new_user("ada"), "r1");
    EXPECT_EQ(outcome(this->rotate(family.id, "r0", "r2", at(2000))), "token_revoked");
    EXPECT_EQ(this->state(family.id), app::FamilyState::revoked);
}

// All of them, and each lives on by itself.
TYPED_TEST_P(TokenFamilyStoreContract, OfManyAtOnceEachRotates) {
    const auto family = this->opened(this->new_user("ada"), "r1");
    std::atomic<int> rotated{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            if (this->rotate(family.id, "r1", "next" + std::to_string(i), at(2000))) ++rotated;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(rotated, 8);
    for (int i = 0; i < 8; ++i) {
        const std::string number = std::to_string(i);
        EXPECT_EQ(outcome(this->rotate(family.id, "next" + number, "then" + number, at(3000),
                                       std::chrono::hours{1})),
                  ok);
    }
    EXPECT_EQ(this->state(family.id), app::FamilyState::live);
}

TYPED_TEST_P(TokenFamilyStoreContract, RevokesTheOthersOfOneUserOnly) {
    const UserId ada = this->new_user("ada");
    const UserId bob = this->new_user("bob");
    const auto kept = this->opened(ada, "r1");
    const auto second = this->opened(ada, "r2");
    const auto third = this->opened(ada, "r3");
    const auto foreign = this->opened(bob, "r4");
    ASSERT_EQ(outcome(this->families().revoke_others_of(ada, kept.id)), ok);
    EXPECT_EQ(this->state(kept.id), app::FamilyState::live);
    EXPECT_EQ(this->state(second.id), app::FamilyState::revoked);
    EXPECT_EQ(this->state(third.id), app::FamilyState::revoked);
    EXPECT_EQ(this->state(foreign.id), app::FamilyState::live);
}

TYPED_TEST_P(TokenFamilyStoreContract, RevokesAllOfOneUserOnly) {
    const UserId ada = this->new_user("ada");
    const auto first = this->opened(ada, "r1");
    const auto second = this->opened(ada, "r2");
    const auto foreign = this->opened(this->new_user("bob"), "r3");
    ASSERT_EQ(outcome(this->families().revoke_all_of(ada)), ok);
    EXPECT_EQ(this->state(first.id), app::FamilyState::revoked);
    EXPECT_EQ(this->state(second.id), app::FamilyState::revoked);
    EXPECT_EQ(this->state(foreign.id), app::FamilyState::live);
}

TYPED_TEST_P(TokenFamilyStoreContract, ForgetsOnlyWhatExpired) {
    const UserId ada = this->new_user("ada");
    const auto old = this->opened(ada, "r1");      // until 1000
    const auto renewed = this->opened(ada, "r2");  // until 3000, by its rotation
    ASSERT_EQ(outcome(this->rotate(renewed.id, "r2", "r3", at(3000))), ok);
    ASSERT_EQ(outcome(this->families().forget_expired(at(2000))), ok);
    EXPECT_EQ(this->state(old.id), app::FamilyState::revoked);
    EXPECT_EQ(this->state(renewed.id), app::FamilyState::live);
}

REGISTER_TYPED_TEST_SUITE_P(TokenFamilyStoreContract, LivesFromOpeningToRevocation,
                            KeepsTheVersionItWasOpenedAt, UnknownFamiliesAreRevoked,
                            RotatesFromOneTokenToTheNext, ReuseOfASpentTokenRevokesTheFamily,
                            ATokenThatNobodyWasGivenRevokesTheFamily, OfManyAtOnceEachRotates,
                            RevokesTheOthersOfOneUserOnly, RevokesAllOfOneUserOnly, ForgetsOnlyWhatExpired);

}  // namespace mim::contract
