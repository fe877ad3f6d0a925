// What every UserStore promises.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/user_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

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
    ASSERT_EQ(outcome(this->users().set_profile(ada.id, {.first_name = "A", .last_name = "", .avatar = "x"},
                                                at(9))),
              ok);
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
    ASSERT_EQ(outcome(this->users().set_password_hash(ada.id, Secret("$new"), at(9))), ok);
    EXPECT_EQ(this->users().get(ada.id)->password_hash, Secret("$new"));
    EXPECT_EQ(this->users().get(ada.id)->updated_at, at(9));
    EXPECT_EQ(this->users().get(bob.id)->password_hash, bob.password_hash);
}

TYPED_TEST_P(UserStoreContract, SaysWhenThereIsNoSuchUser) {
    const UserId nobody = UserId::generate();
    EXPECT_EQ(outcome(this->users().get(nobody)), "not_found");
    EXPECT_EQ(outcome(this->users().set_profile(nobody, {}, at(1))), "not_found");
    EXPECT_EQ(outcome(this->users().set_password_hash(nobody, Secret("x"), at(1))), "not_found");
}

REGISTER_TYPED_TEST_SUITE_P(UserStoreContract, KeepsEveryField, FindsByNameOrEmailInAnyCase,
                            RefusesATakenNameOrEmailInAnyCase, CountsItsUsers, ChangesTheProfileOfOneUser,
                            ChangesThePasswordOfOneUser, SaysWhenThereIsNoSuchUser);

}  // namespace mim::contract
