// What every UserStore promises of names that look alike.
#pragma once

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "app/ports/user_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class UserNamesContract : public ::testing::Test {
  protected:
    app::UserStore& users() { return harness_.users(); }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(UserNamesContract);

TYPED_TEST_P(UserNamesContract, RefusesANameThatLooksLikeAnotherOne) {
    ASSERT_EQ(outcome(this->users().create(a_user("paypal"))), ok);
    int number = 0;
    for (const char* name : {"p\u0430ypal", "pay pal", "paypal ", "paypal\u200D", "\uFF50aypal", "paypa1",
                             "PAYPA\u04C0", "pa\u00ADypal"}) {
        app::User other = a_user(name);
        other.email = "other" + std::to_string(++number) + "@example.org";
        const auto refused = this->users().create(other);
        EXPECT_EQ(outcome(refused), "already_exists") << name;
        EXPECT_TRUE(names_field(refused, "username")) << name;
        EXPECT_FALSE(names_field(refused, "email")) << name;
    }
    EXPECT_EQ(outcome(this->users().create(a_user("paypals"))), ok);
    EXPECT_EQ(outcome(this->users().create(a_user("p\u00E4ypal"))), ok);  // that mark is seen
    EXPECT_EQ(this->users().count().value(), 3);
}

TYPED_TEST_P(UserNamesContract, RefusesAnEmailThatLooksLikeAnotherOne) {
    const app::User ada = a_user("ada"), bob = a_user("bob");
    ASSERT_EQ(outcome(this->users().create(ada)), ok);
    ASSERT_EQ(outcome(this->users().create(bob)), ok);
    app::User other = a_user("other");
    other.email = "\u0430da@example.org";
    const auto refused = this->users().create(other);
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_TRUE(names_field(refused, "email"));
    EXPECT_FALSE(names_field(refused, "username"));
    const auto unchanged = this->users().set_email(bob.id, "ada@exampIe.org", at(9));  // a capital I
    EXPECT_EQ(outcome(unchanged), "already_exists");
    EXPECT_TRUE(names_field(unchanged, "email"));
    EXPECT_EQ(this->users().get(bob.id)->email, "bob@example.org");
    EXPECT_EQ(outcome(this->users().set_email(ada.id, "ada@EXAMPIE.org", at(9))), ok);  // its own look
    EXPECT_EQ(outcome(this->users().set_email(ada.id, "ada@elsewhere.org", at(10))), ok);
    EXPECT_EQ(outcome(this->users().create(other)), ok);  // that look is free by now
}

TYPED_TEST_P(UserNamesContract, OfThoseWhoLookAlikeOneIsTakenInARace) {
    const std::vector<std::string> names{"modem", "modern", "m\u043Edem", "MODEM"};
    std::vector<std::string> ends(names.size());
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < names.size(); ++each) {
        threads.emplace_back([&, each] {
            app::User user = a_user(names[each]);
            user.email = "user-" + std::to_string(each) + "@example.org";
            ends[each] = outcome(this->users().create(user));
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(ends.begin(), ends.end(), ok), 1);
    EXPECT_EQ(std::count(ends.begin(), ends.end(), "already_exists"), 3);
    EXPECT_EQ(this->users().count().value(), 1);
}
REGISTER_TYPED_TEST_SUITE_P(UserNamesContract, RefusesANameThatLooksLikeAnotherOne,
                            RefusesAnEmailThatLooksLikeAnotherOne, OfThoseWhoLookAlikeOneIsTakenInARace);

}  // namespace mim::contract
