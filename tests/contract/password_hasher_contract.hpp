// What every PasswordHasher promises.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/credentials.hpp"
#include "contract/outcome.hpp"

namespace mim::contract {

template <class Harness>
class PasswordHasherContract : public ::testing::Test {
  protected:
    app::PasswordHasher& hasher() { return harness_.hasher(); }
    Secret hashed(const std::string& password) { return hasher().hash(Secret(password)).value(); }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(PasswordHasherContract);

TYPED_TEST_P(PasswordHasherContract, KnowsThePasswordAgain) {
    using Verdict = app::PasswordHasher::Verdict;
    for (const std::string& password : {std::string("correct horse"), std::string("pässwörd🔑"),
                                        std::string("a\0b", 3), std::string(1024, 'x')}) {
        const Secret hash = this->hashed(password);
        EXPECT_EQ(this->hasher().verify(Secret(password), hash), Verdict::matches);
        EXPECT_EQ(this->hasher().verify(Secret(password + "x"), hash), Verdict::differs);
        EXPECT_EQ(this->hasher().verify(Secret(""), hash), Verdict::differs);
    }
}

TYPED_TEST_P(PasswordHasherContract, NoTwoHashesAreAlikeAndNoneShowsThePassword) {
    const Secret first = this->hashed("correct horse");
    const Secret second = this->hashed("correct horse");
    EXPECT_NE(first, second);
    EXPECT_EQ(first.reveal().find("correct"), std::string::npos);
}

TYPED_TEST_P(PasswordHasherContract, ADamagedHashMatchesNothing) {
    using Verdict = app::PasswordHasher::Verdict;
    for (const char* damaged : {"", "correct horse", "$argon2id$v=19$m=1", "$$$$"}) {
        EXPECT_EQ(this->hasher().verify(Secret("correct horse"), Secret(damaged)), Verdict::differs)
            << damaged;
    }
}

TYPED_TEST_P(PasswordHasherContract, NobodyMatchesNothing) {
    EXPECT_EQ(this->hasher().verify_nobody(Secret("correct horse")), app::PasswordHasher::Verdict::differs);
    EXPECT_EQ(this->hasher().verify_nobody(Secret("")), app::PasswordHasher::Verdict::differs);
}

REGISTER_TYPED_TEST_SUITE_P(PasswordHasherContract, KnowsThePasswordAgain,
                            NoTwoHashesAreAlikeAndNoneShowsThePassword, ADamagedHashMatchesNothing,
                            NobodyMatchesNothing);

}  // namespace mim::contract
