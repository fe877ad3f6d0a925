// What every UserStore promises.
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "app/ports/user_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

inline constexpr app::AccountStatus enabled = app::AccountStatus::enabled;
inline constexpr app::AccountStatus disabled = app::AccountStatus::disabled;

[[nodiscard]] inline app::User an_admin(const std::string& name) {
    app::User user = a_user(name);
    user.role = app::Role::admin;
    return user;
}

template <class Harness>
class UserStoreContract : public ::testing::Test {
  protected:
    app::UserStore& users() { return harness_.users(); }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(UserStoreContract);

TYPED_TEST_P(UserStoreContract, KeepsEveryField) {
    app::User ada = a_user("Ada");
    ada.role = app::Role::admin;
    ada.updated_at = at(5);
    ada.session_version = 7;
    ada.kept_family = TokenFamilyId::generate();
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    const auto found = this->users().get(ada.id);
    ASSERT_EQ(outcome(found), ok);
    EXPECT_EQ(found->id, ada.id);
    EXPECT_EQ(found->username, "Ada");
    EXPECT_EQ(found->email, "Ada@example.org");
    EXPECT_EQ(found->password_hash, ada.password_hash);
    EXPECT_EQ(found->profile.first_name, "First Ada");
    EXPECT_EQ(found->profile.last_name, "Läst");
    EXPECT_EQ(found->profile.avatar, ada.profile.avatar);
    EXPECT_EQ(found->role, app::Role::admin);
    EXPECT_EQ(found->created_at, at(1));
    EXPECT_EQ(found->updated_at, at(5));
    EXPECT_EQ(found->session_version, 7);
    EXPECT_EQ(found->kept_family, ada.kept_family);
}

TYPED_TEST_P(UserStoreContract, FindsByNameOrEmailInAnyCase) {
    const app::User ada = a_user("Ada");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    ASSERT_EQ(outcome(this->users().create(a_user("Bob"))), ok);
    for (const char* identity : {"Ada", "ADA", "ada", "Ada@example.org", "ADA@EXAMPLE.ORG"}) {
        const auto found = this->users().find_by_identity(identity);
        ASSERT_EQ(outcome(found), ok) << identity;
        EXPECT_EQ(found->id, ada.id) << identity;
    }
    for (const char* identity : {"", "Ad", "Ada%", "A_a", "Ada@example", "' OR 1=1 --"}) {
        EXPECT_EQ(outcome(this->users().find_by_identity(identity)), "not_found") << identity;
    }
}

TYPED_TEST_P(UserStoreContract, RefusesATakenNameOrEmailInAnyCase) {
    ASSERT_EQ(outcome(this->users().create(a_user("Ada"))), ok);
    app::User same_name = a_user("aDA");
    same_name.email = "other@example.org";
    const auto name_taken = this->users().create(same_name);
    EXPECT_EQ(outcome(name_taken), "already_exists");
    EXPECT_TRUE(names_field(name_taken, "username"));
    EXPECT_FALSE(names_field(name_taken, "email"));
    app::User same_email = a_user("other");
    same_email.email = "ADA@example.org";
    const auto email_taken = this->users().create(same_email);
    EXPECT_EQ(outcome(email_taken), "already_exists");
    EXPECT_TRUE(names_field(email_taken, "email"));
    EXPECT_FALSE(names_field(email_taken, "username"));
    EXPECT_EQ(this->users().count().value(), 1);
}

TYPED_TEST_P(UserStoreContract, CountsItsUsers) {
    EXPECT_EQ(this->users().count().value(), 0);
    ASSERT_EQ(outcome(this->users().create(a_user("Ada"))), ok);
    ASSERT_EQ(outcome(this->users().create(a_user("Bob"))), ok);
    EXPECT_EQ(this->users().count().value(), 2);
}

TYPED_TEST_P(UserStoreContract, ChangesTheProfileOfOneUser) {
    const app::User ada = a_user("Ada");
    const app::User bob = a_user("Bob");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    ASSERT_EQ(outcome(this->users().create(bob)), ok);
    const app::Profile next{.first_name = "A", .last_name = "", .avatar = "x"};
    ASSERT_EQ(outcome(this->users().set_profile(ada.id, {ada.profile, next}, at(9))), ok);
    // Somebody who read the old one at the same time does not undo it.
    EXPECT_EQ(outcome(this->users().set_profile(ada.id, {ada.profile, bob.profile}, at(10))),
              "not_allowed_in_state");
    const auto changed = this->users().get(ada.id);
    ASSERT_EQ(outcome(changed), ok);
    EXPECT_EQ(changed->profile.first_name, "A");
    EXPECT_EQ(changed->profile.last_name, "");
    EXPECT_EQ(changed->profile.avatar, "x");
    EXPECT_EQ(changed->updated_at, at(9));
    EXPECT_EQ(changed->created_at, at(1));
    EXPECT_EQ(this->users().get(bob.id)->profile.first_name, "First Bob");
}

TYPED_TEST_P(UserStoreContract, ChangesThePasswordOfOneUser) {
    const app::User ada = a_user("Ada");
    const app::User bob = a_user("Bob");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    ASSERT_EQ(outcome(this->users().create(bob)), ok);
    const TokenFamilyId kept = TokenFamilyId::generate();
    ASSERT_EQ(
        outcome(this->users().change_password(ada.id, {ada.password_hash, Secret("$new"), kept}, at(9))), ok);
    auto changed = this->users().get(ada.id);
    EXPECT_EQ(changed->password_hash, Secret("$new"));
    EXPECT_EQ(changed->updated_at, at(9));
    EXPECT_EQ(changed->session_version, 1);
    EXPECT_EQ(changed->kept_family, kept);
    EXPECT_EQ(this->users().get(bob.id)->password_hash, bob.password_hash);
    EXPECT_EQ(this->users().get(bob.id)->session_version, 0);
    ASSERT_EQ(outcome(this->users().change_password(ada.id, {Secret("$new"), Secret("$last"), {}}, at(10))),
              ok);
    changed = this->users().get(ada.id);
    EXPECT_EQ(changed->session_version, 2);
    EXPECT_FALSE(changed->kept_family);
}

TYPED_TEST_P(UserStoreContract, ChangesOnlyThePasswordThatWasProved) {
    const app::User ada = a_user("Ada");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    EXPECT_EQ(outcome(this->users().change_password(ada.id, {Secret("$old"), Secret("$new"), {}}, at(9))),
              "not_allowed_in_state");
    EXPECT_EQ(this->users().get(ada.id)->password_hash, ada.password_hash);
    EXPECT_EQ(this->users().get(ada.id)->session_version, 0);
}

// Of many who proved the same password one changes it.
TYPED_TEST_P(UserStoreContract, ChangesAPasswordOnce) {
    const app::User ada = a_user("Ada");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    std::vector<std::string> ends(4);
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < ends.size(); ++each) {
        threads.emplace_back([&, each] {
            const Secret next("$new" + std::to_string(each));
            ends[each] = outcome(this->users().change_password(ada.id, {ada.password_hash, next, {}}, at(2)));
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(ends.begin(), ends.end(), ok), 1);
    EXPECT_EQ(std::count(ends.begin(), ends.end(), "not_allowed_in_state"), 3);
    EXPECT_EQ(this->users().get(ada.id)->session_version, 1);
}

TYPED_TEST_P(UserStoreContract, DisablingEndsSessionsEnablingDoesNot) {
    const app::User ada = an_admin("Ada"), bob = a_user("Bob"), eve = an_admin("Eve");
    for (const auto* user : {&ada, &bob, &eve}) {
        ASSERT_EQ(outcome(this->users().create(*user)), ok);
        const app::PasswordChange change{user->password_hash, Secret("$new"), TokenFamilyId::generate()};
        ASSERT_EQ(outcome(this->users().change_password(user->id, change, at(2))), ok);
        if (user == &ada) continue;
        ASSERT_EQ(outcome(this->users().set_status(user->id, disabled, at(3))), ok);
    }
    for (const auto* user : {&bob, &eve}) {
        EXPECT_EQ(this->users().get(user->id)->session_version, 2);
        EXPECT_FALSE(this->users().get(user->id)->kept_family);
    }
    for (const auto* user : {&ada, &bob})
        ASSERT_EQ(outcome(this->users().set_status(user->id, enabled, at(4))), ok);
    EXPECT_EQ(this->users().get(ada.id)->session_version, 1);
    EXPECT_TRUE(this->users().get(ada.id)->kept_family);
    EXPECT_EQ(this->users().get(bob.id)->session_version, 2);
}

TYPED_TEST_P(UserStoreContract, SaysWhenThereIsNoSuchUser) {
    const UserId nobody = UserId::generate();
    EXPECT_EQ(outcome(this->users().get(nobody)), "not_found");
    EXPECT_EQ(outcome(this->users().set_profile(nobody, {}, at(1))), "not_found");
    EXPECT_EQ(outcome(this->users().change_password(nobody, {Secret("x"), Secret("y"), {}}, at(1))),
              "not_found");
    EXPECT_EQ(outcome(this->users().set_role(nobody, app::Role::viewer, at(1))), "not_found");
    EXPECT_EQ(outcome(this->users().set_role(nobody, app::Role::admin, at(1))), "not_found");
    EXPECT_EQ(outcome(this->users().set_status(nobody, disabled, at(1))), "not_found");
    EXPECT_EQ(outcome(this->users().set_status(nobody, enabled, at(1))), "not_found");
}

TYPED_TEST_P(UserStoreContract, ChangesRoleAndStatusOfOneUser) {
    const app::User ada = an_admin("Ada"), bob = a_user("Bob");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    ASSERT_EQ(outcome(this->users().create(bob)), ok);
    ASSERT_EQ(outcome(this->users().set_role(bob.id, app::Role::viewer, at(9))), ok);
    ASSERT_EQ(outcome(this->users().set_status(bob.id, disabled, at(10))), ok);
    EXPECT_EQ(this->users().get(bob.id)->role, app::Role::viewer);
    EXPECT_EQ(this->users().get(bob.id)->status, disabled);
    EXPECT_EQ(this->users().get(bob.id)->updated_at, at(10));
    EXPECT_EQ(this->users().get(ada.id)->role, app::Role::admin);
    EXPECT_EQ(this->users().get(ada.id)->status, enabled);
    ASSERT_EQ(outcome(this->users().set_status(bob.id, enabled, at(11))), ok);
    EXPECT_EQ(this->users().get(bob.id)->status, enabled);
}

TYPED_TEST_P(UserStoreContract, KeepsSomebodyWhoAdministers) {
    const app::User ada = an_admin("Ada"), bob = a_user("Bob"), eve = an_admin("Eve");
    for (const auto* user : {&ada, &bob, &eve}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    ASSERT_EQ(outcome(this->users().set_status(eve.id, disabled, at(2))), ok);
    EXPECT_EQ(outcome(this->users().set_role(ada.id, app::Role::editor, at(3))), "last_admin");
    EXPECT_EQ(outcome(this->users().set_status(ada.id, disabled, at(3))), "last_admin");
    EXPECT_EQ(this->users().get(ada.id)->updated_at, at(1));
    EXPECT_EQ(outcome(this->users().set_role(ada.id, app::Role::admin, at(4))), ok);
    EXPECT_EQ(outcome(this->users().set_role(eve.id, app::Role::editor, at(4))), ok);  // did not count
    ASSERT_EQ(outcome(this->users().set_role(bob.id, app::Role::admin, at(5))), ok);
    EXPECT_EQ(outcome(this->users().set_role(ada.id, app::Role::editor, at(6))), ok);
    EXPECT_EQ(outcome(this->users().set_status(bob.id, disabled, at(7))), "last_admin");
}

// All of them leave at once: exactly one is kept from it.
TYPED_TEST_P(UserStoreContract, KeepsSomebodyWhoAdministersInARace) {
    std::vector<app::User> admins;
    for (int each = 0; each < 4; ++each) {
        admins.push_back(an_admin("a" + std::to_string(each)));
        ASSERT_EQ(outcome(this->users().create(admins.back())), ok);
    }
    std::vector<std::string> ends(admins.size());
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < admins.size(); ++each) {
        threads.emplace_back([&, each] {
            const UserId& id = admins[each].id;
            ends[each] = outcome(each == 0   ? this->users().remove(id, a_discard())
                                 : each == 1 ? this->users().set_status(id, disabled, at(2))
                                             : this->users().set_role(id, app::Role::viewer, at(2)));
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(ends.begin(), ends.end(), "last_admin"), 1);
    EXPECT_EQ(std::count(ends.begin(), ends.end(), ok), 3);
}

TYPED_TEST_P(UserStoreContract, OnlyOneIsTheFirst) {
    std::vector<std::string> ends(4);
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < ends.size(); ++each) {
        threads.emplace_back([&, each] {
            ends[each] = outcome(this->users().create_first(an_admin("u" + std::to_string(each))));
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(ends.begin(), ends.end(), ok), 1);
    EXPECT_EQ(std::count(ends.begin(), ends.end(), "not_allowed_in_state"), 3);
    EXPECT_EQ(this->users().count().value(), 1);
}

TYPED_TEST_P(UserStoreContract, ListsAndSearchesNewestFirst) {
    for (int each = 0; each < 3; ++each) {
        app::User user = a_user("User" + std::to_string(each));
        user.created_at = at(each);
        ASSERT_EQ(outcome(this->users().create(user)), ok);
    }
    const auto names = [](const Result<app::Page<app::User>>& page) {
        std::string text;
        for (const app::User& user : page.value().items) text += user.username + " ";
        return text + std::to_string(page->total);
    };
    EXPECT_EQ(names(this->users().list({})), "User2 User1 User0 3");
    EXPECT_EQ(names(this->users().list({.query = "", .page = 2, .limit = 2})), "User0 3");
    EXPECT_EQ(names(this->users().list({.query = "uSER1@"})), "User1 1");
    EXPECT_EQ(names(this->users().list({.query = "USER"})), "User2 User1 User0 3");
    EXPECT_EQ(names(this->users().list({.query = "%"})), "0");
    const app::User one = this->users().find_by_identity("user0").value();
    EXPECT_EQ(names(this->users().list({.query = one.id.text()})), "User0 1");
    EXPECT_EQ(names(this->users().list({.query = one.id.text(), .page = 2})), "1");
    EXPECT_EQ(names(this->users().list({.query = UserId::generate().text()})), "0");
}

TYPED_TEST_P(UserStoreContract, ChangesTheEmailOfOneUser) {
    const app::User ada = a_user("Ada"), bob = a_user("Bob");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    ASSERT_EQ(outcome(this->users().create(bob)), ok);
    const auto taken = this->users().set_email(ada.id, "BOB@example.org", at(9));
    EXPECT_EQ(outcome(taken), "already_exists");
    EXPECT_TRUE(names_field(taken, "email"));
    ASSERT_EQ(outcome(this->users().set_email(ada.id, "New@example.org", at(9))), ok);
    EXPECT_EQ(this->users().get(ada.id)->email, "New@example.org");
    EXPECT_EQ(this->users().get(ada.id)->updated_at, at(9));
    EXPECT_EQ(this->users().find_by_identity("new@EXAMPLE.org")->id, ada.id);
    EXPECT_EQ(outcome(this->users().find_by_identity("Ada@example.org")), "not_found");
    EXPECT_EQ(outcome(this->users().set_email(ada.id, "NEW@example.org", at(10))), ok);  // its own
    EXPECT_EQ(outcome(this->users().set_email(UserId::generate(), "x@example.org", at(9))), "not_found");
}

TYPED_TEST_P(UserStoreContract, RemovesOneUserButNotTheLastWhoAdministers) {
    const app::User ada = an_admin("Ada"), bob = a_user("Bob"), eve = an_admin("Eve");
    for (const auto* user : {&ada, &bob, &eve}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    ASSERT_EQ(outcome(this->users().remove(bob.id, a_discard())), ok);
    EXPECT_EQ(outcome(this->users().get(bob.id)), "not_found");
    EXPECT_EQ(outcome(this->users().remove(bob.id, a_discard())), "not_found");
    ASSERT_EQ(outcome(this->users().remove(eve.id, a_discard())), ok);
    EXPECT_EQ(outcome(this->users().remove(ada.id, a_discard())), "last_admin");
    EXPECT_EQ(this->users().get(ada.id)->status, enabled);
    EXPECT_EQ(this->users().count().value(), 1);
    EXPECT_EQ(outcome(this->users().create(a_user("Bob"))), ok);  // the name is free
}

TYPED_TEST_P(UserStoreContract, AResetSetsThePasswordOnceAndEndsEverySession) {
    const app::User ada = a_user("Ada"), bob = a_user("Bob"), eve = an_admin("Eve");
    for (const auto* user : {&ada, &bob, &eve}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    const app::PasswordChange earlier{ada.password_hash, Secret("$old"), TokenFamilyId::generate()};
    ASSERT_EQ(outcome(this->users().change_password(ada.id, earlier, at(2))), ok);
    ASSERT_EQ(outcome(this->users().offer_reset(ada.id, {"hash 1", at(100), eve.id})), ok);
    ASSERT_EQ(outcome(this->users().offer_reset(bob.id, {"hash of bob", at(100), eve.id})), ok);
    ASSERT_EQ(outcome(this->users().offer_reset(ada.id, {"hash 2", at(100), eve.id})), ok);
    EXPECT_EQ(outcome(this->users().find_by_reset("hash 1", at(3))), "not_found");  // another took its place
    EXPECT_EQ(outcome(this->users().find_by_reset("hash 2", at(100))), "not_found");  // expired
    EXPECT_EQ(this->users().find_by_reset("hash 2", at(99))->id, ada.id);
    const Secret next("$next");
    EXPECT_EQ(outcome(this->users().redeem_reset(ada.id, "hash 1", next, at(3))), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->users().redeem_reset(ada.id, "hash 2", next, at(100))), "not_allowed_in_state");
    EXPECT_EQ(this->users().get(ada.id)->password_hash, Secret("$old"));
    ASSERT_EQ(outcome(this->users().redeem_reset(ada.id, "hash 2", next, at(3))), ok);
    const auto changed = this->users().get(ada.id);
    EXPECT_EQ(changed->password_hash, next);
    EXPECT_EQ(changed->session_version, 2);
    EXPECT_FALSE(changed->kept_family);
    EXPECT_EQ(changed->updated_at, at(3));
    EXPECT_EQ(outcome(this->users().redeem_reset(ada.id, "hash 2", next, at(4))), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->users().find_by_reset("hash of bob", at(4))), ok);
    const app::PasswordReset another{"hash 3", at(100), eve.id};
    EXPECT_EQ(outcome(this->users().offer_reset(UserId::generate(), another)), "not_found");
}

TYPED_TEST_P(UserStoreContract, WhatEndsSessionsTakesAResetBack) {
    const app::User ada = a_user("Ada"), bob = a_user("Bob"), eve = an_admin("Eve");
    ASSERT_EQ(outcome(this->users().create(eve)), ok);
    for (const auto* user : {&ada, &bob}) {
        ASSERT_EQ(outcome(this->users().create(*user)), ok);
        const app::PasswordReset reset{"hash of " + user->username, at(100), eve.id};
        ASSERT_EQ(outcome(this->users().offer_reset(user->id, reset)), ok);
    }
    ASSERT_EQ(outcome(this->users().change_password(ada.id, {ada.password_hash, Secret("$new"), {}}, at(2))),
              ok);
    ASSERT_EQ(outcome(this->users().set_status(bob.id, disabled, at(2))), ok);
    EXPECT_EQ(outcome(this->users().find_by_reset("hash of Ada", at(3))), "not_found");
    EXPECT_EQ(outcome(this->users().find_by_reset("hash of Bob", at(3))), "not_found");
}

TYPED_TEST_P(UserStoreContract, ARoleTakesAResetBack) {
    const app::User ada = a_user("Ada"), bob = a_user("Bob"), eve = an_admin("Eve");
    for (const auto* user : {&ada, &bob, &eve}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    for (const auto* user : {&ada, &bob}) {
        const app::PasswordReset reset{"hash of " + user->username, at(100), eve.id};
        ASSERT_EQ(outcome(this->users().offer_reset(user->id, reset)), ok);
    }
    ASSERT_EQ(outcome(this->users().set_role(ada.id, app::Role::admin, at(2))), ok);
    ASSERT_EQ(outcome(this->users().set_role(bob.id, app::Role::viewer, at(2))), ok);
    for (const auto* user : {&ada, &bob}) {
        const std::string hash = "hash of " + user->username;
        EXPECT_EQ(outcome(this->users().find_by_reset(hash, at(3))), "not_found");
        EXPECT_EQ(outcome(this->users().redeem_reset(user->id, hash, Secret("$next"), at(3))),
                  "not_allowed_in_state");
    }
}

// Also when they administer again.
TYPED_TEST_P(UserStoreContract, WhoAdministersNoMoreTakesTheirOffersAlong) {
    const app::User ada = a_user("Ada"), bob = a_user("Bob"), eve = an_admin("Eve");
    const app::User demoted = an_admin("D"), disabled_one = an_admin("E"), removed = an_admin("F");
    for (const auto* user : {&ada, &bob, &eve, &demoted, &disabled_one, &removed})
        ASSERT_EQ(outcome(this->users().create(*user)), ok);
    ASSERT_EQ(outcome(this->users().offer_reset(bob.id, {"of bob", at(100), eve.id})), ok);
    const auto refused = [&] {
        EXPECT_EQ(outcome(this->users().find_by_reset("of ada", at(3))), "not_found");
        EXPECT_EQ(outcome(this->users().redeem_reset(ada.id, "of ada", Secret("$next"), at(3))),
                  "not_allowed_in_state");
    };
    const auto offered_by = [&](const app::User& user) {
        ASSERT_EQ(outcome(this->users().offer_reset(ada.id, {"of ada", at(100), user.id})), ok);
        ASSERT_EQ(outcome(this->users().find_by_reset("of ada", at(3))), ok);
    };
    offered_by(demoted);
    ASSERT_EQ(outcome(this->users().set_role(demoted.id, app::Role::editor, at(2))), ok);
    refused();
    ASSERT_EQ(outcome(this->users().set_role(demoted.id, app::Role::admin, at(2))), ok);
    refused();
    offered_by(disabled_one);
    ASSERT_EQ(outcome(this->users().set_status(disabled_one.id, disabled, at(2))), ok);
    refused();
    ASSERT_EQ(outcome(this->users().set_status(disabled_one.id, enabled, at(2))), ok);
    refused();
    offered_by(removed);
    ASSERT_EQ(outcome(this->users().remove(removed.id, a_discard())), ok);
    refused();
    EXPECT_EQ(this->users().get(ada.id)->password_hash, ada.password_hash);
    EXPECT_EQ(outcome(this->users().find_by_reset("of bob", at(3))), ok);
}

// A server may still take somebody for an administrator who is none by now.
TYPED_TEST_P(UserStoreContract, AnOfferOfWhoDoesNotAdministerIsWorthNothing) {
    const app::User ada = a_user("Ada"), bob = a_user("Bob"), eve = an_admin("Eve"), max = an_admin("Max");
    for (const auto* user : {&ada, &bob, &eve, &max}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    ASSERT_EQ(outcome(this->users().set_status(eve.id, disabled, at(2))), ok);
    for (const UserId& by : {bob.id, eve.id, UserId::generate()}) {
        ASSERT_EQ(outcome(this->users().offer_reset(ada.id, {"of ada", at(100), by})), ok);
        EXPECT_EQ(outcome(this->users().find_by_reset("of ada", at(3))), "not_found");
        EXPECT_EQ(outcome(this->users().redeem_reset(ada.id, "of ada", Secret("$next"), at(3))),
                  "not_allowed_in_state");
    }
}

// Of a redemption and an end of the offer at once, whichever is answered first holds.
TYPED_TEST_P(UserStoreContract, NoResetIsRedeemedAfterItsOffererIsOut) {
    const app::User ada = a_user("Ada"), eve = an_admin("Eve"), max = an_admin("Max");
    for (const auto* user : {&ada, &eve, &max}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    for (int round = 0; round < 8; ++round) {
        const std::string hash = "of ada " + std::to_string(round);
        ASSERT_EQ(outcome(this->users().set_status(eve.id, enabled, at(2))), ok);
        ASSERT_EQ(outcome(this->users().offer_reset(ada.id, {hash, at(100), eve.id})), ok);
        std::atomic<bool> out{false};
        std::thread disabling([&] {
            EXPECT_EQ(outcome(this->users().set_status(eve.id, disabled, at(3))), ok);
            out = true;
        });
        for (bool last = false; !last;) {
            last = out;
            const Secret next("$next " + std::to_string(round));
            const auto redeemed = outcome(this->users().redeem_reset(ada.id, hash, next, at(4)));
            if (last) {
                EXPECT_EQ(redeemed, "not_allowed_in_state");
            }
        }
        disabling.join();
    }
}

REGISTER_TYPED_TEST_SUITE_P(UserStoreContract, KeepsEveryField, FindsByNameOrEmailInAnyCase,
                            RefusesATakenNameOrEmailInAnyCase, CountsItsUsers, ChangesTheProfileOfOneUser,
                            ChangesThePasswordOfOneUser, ChangesOnlyThePasswordThatWasProved,
                            ChangesAPasswordOnce, DisablingEndsSessionsEnablingDoesNot,
                            SaysWhenThereIsNoSuchUser, ChangesRoleAndStatusOfOneUser,
                            KeepsSomebodyWhoAdministers, KeepsSomebodyWhoAdministersInARace,
                            OnlyOneIsTheFirst, ListsAndSearchesNewestFirst, ChangesTheEmailOfOneUser,
                            RemovesOneUserButNotTheLastWhoAdministers,
                            AResetSetsThePasswordOnceAndEndsEverySession, WhatEndsSessionsTakesAResetBack,
                            ARoleTakesAResetBack, WhoAdministersNoMoreTakesTheirOffersAlong,
                            AnOfferOfWhoDoesNotAdministerIsWorthNothing,
                            NoResetIsRedeemedAfterItsOffererIsOut);

}  // namespace mim::contract
