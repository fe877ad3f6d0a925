// What every InviteStore promises.
#pragma once

#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "app/ports/invite_store.hpp"
#include "app/ports/user_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class InviteStoreContract : public ::testing::Test {
  protected:
    app::InviteStore& invites() { return harness_.invites(); }
    app::UserStore& users() { return harness_.users(); }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(InviteStoreContract);

TYPED_TEST_P(InviteStoreContract, KeepsEveryField) {
    app::Invite invite = an_invite("abc-1");
    invite.role = app::Role::admin;
    invite.email = "Ada@example.org";
    ASSERT_EQ(outcome(this->invites().create(invite)), ok);
    const auto found = this->invites().find("hash of abc-1");
    ASSERT_EQ(outcome(found), ok);
    EXPECT_EQ(found->id, invite.id);
    EXPECT_EQ(found->created_by, invite.created_by);
    EXPECT_EQ(found->created_at, at(1));
    EXPECT_EQ(found->expires_at, at(1001));
    EXPECT_EQ(found->prefix, "abc");
    EXPECT_EQ(found->token_hash, "hash of abc-1");
    EXPECT_EQ(found->role, app::Role::admin);
    EXPECT_EQ(found->email, "Ada@example.org");
    EXPECT_FALSE(found->used_at || found->used_by || found->revoked_at);
    EXPECT_EQ(outcome(this->invites().find("hash of abc")), "not_found");
}

TYPED_TEST_P(InviteStoreContract, ListsTheNewestFirst) {
    for (int each = 0; each < 3; ++each)
        ASSERT_EQ(outcome(this->invites().create(an_invite("n" + std::to_string(each), each))), ok);
    const auto page = this->invites().list({.query = "", .page = 1, .limit = 2});
    ASSERT_EQ(page->items.size(), 2U);
    EXPECT_EQ(page->items[0].prefix, "n2");
    EXPECT_EQ(page->items[1].prefix, "n1");
    EXPECT_EQ(page->total, 3);
}

TYPED_TEST_P(InviteStoreContract, MakesOneAccountAndIsSpent) {
    const app::Invite invite = an_invite("abc");
    ASSERT_EQ(outcome(this->invites().create(invite)), ok);
    const app::User bob = a_user("Bob");
    ASSERT_EQ(outcome(this->invites().redeem(invite.id, bob, at(5))), ok);
    EXPECT_EQ(this->users().get(bob.id)->username, "Bob");
    EXPECT_EQ(this->invites().find(invite.token_hash)->used_at, at(5));
    EXPECT_EQ(this->invites().find(invite.token_hash)->used_by, bob.id);
    EXPECT_EQ(outcome(this->invites().redeem(invite.id, a_user("Eve"), at(6))), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->invites().revoke(invite.id, at(6))), "not_allowed_in_state");
    EXPECT_EQ(this->users().count().value(), 1);
}

TYPED_TEST_P(InviteStoreContract, IsNotSpentOnATakenName) {
    const app::Invite invite = an_invite("abc");
    ASSERT_EQ(outcome(this->invites().create(invite)), ok);
    ASSERT_EQ(outcome(this->users().create(a_user("Bob"))), ok);
    app::User namesake = a_user("bob");
    namesake.email = "other@example.org";
    const Done refused = this->invites().redeem(invite.id, namesake, at(5));
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_TRUE(names_field(refused, "username"));
    EXPECT_FALSE(this->invites().find(invite.token_hash)->used_at);
    EXPECT_EQ(outcome(this->invites().redeem(invite.id, a_user("Eve"), at(6))), ok);
}

TYPED_TEST_P(InviteStoreContract, IsOfNoUseWhenRevokedExpiredOrUnknown) {
    const app::Invite revoked = an_invite("revoked"), expired = an_invite("expired");
    ASSERT_EQ(outcome(this->invites().create(revoked)), ok);
    ASSERT_EQ(outcome(this->invites().create(expired)), ok);
    ASSERT_EQ(outcome(this->invites().revoke(revoked.id, at(3))), ok);
    EXPECT_EQ(outcome(this->invites().revoke(revoked.id, at(4))), ok);
    EXPECT_EQ(this->invites().find(revoked.token_hash)->revoked_at, at(3));
    EXPECT_EQ(outcome(this->invites().redeem(revoked.id, a_user("a"), at(5))), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->invites().redeem(expired.id, a_user("a"), at(1001))), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->invites().redeem(InviteId::generate(), a_user("a"), at(5))),
              "not_allowed_in_state");
    EXPECT_EQ(outcome(this->invites().revoke(InviteId::generate(), at(5))), "not_found");
    EXPECT_EQ(this->users().count().value(), 0);
}

TYPED_TEST_P(InviteStoreContract, MakesOneAccountInARace) {
    const app::Invite invite = an_invite("abc");
    ASSERT_EQ(outcome(this->invites().create(invite)), ok);
    std::vector<std::string> ends(4);
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < ends.size(); ++each) {
        threads.emplace_back([&, each] {
            ends[each] =
                outcome(this->invites().redeem(invite.id, a_user("u" + std::to_string(each)), at(5)));
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(ends.begin(), ends.end(), ok), 1);
    EXPECT_EQ(this->users().count().value(), 1);
}

REGISTER_TYPED_TEST_SUITE_P(InviteStoreContract, KeepsEveryField, ListsTheNewestFirst,
                            MakesOneAccountAndIsSpent, IsNotSpentOnATakenName,
                            IsOfNoUseWhenRevokedExpiredOrUnknown, MakesOneAccountInARace);

}  // namespace mim::contract
