// What every KeySecrets promises.
#pragma once

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "app/ports/key_secrets.hpp"

namespace mim::contract {

template <class Harness>
class KeySecretsContract : public ::testing::Test {
  protected:
    app::KeySecrets& key_secrets() { return harness_.key_secrets(); }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(KeySecretsContract);

TYPED_TEST_P(KeySecretsContract, KnowsASecretByItsHash) {
    using Verdict = app::KeySecrets::Verdict;
    const std::string secret = this->key_secrets().make().secret.reveal();
    const std::string hash = this->key_secrets().hash(secret);
    EXPECT_EQ(hash.find(secret), std::string::npos);
    EXPECT_EQ(this->key_secrets().verify(secret, hash), Verdict::matches);
    EXPECT_EQ(this->key_secrets().verify(secret + "x", hash), Verdict::differs);
    EXPECT_EQ(this->key_secrets().verify("", hash), Verdict::differs);
    EXPECT_EQ(this->key_secrets().verify(secret, ""), Verdict::differs);
    EXPECT_EQ(this->key_secrets().verify(secret, secret), Verdict::differs);
}

TYPED_TEST_P(KeySecretsContract, NoTwoAreAlikeAndThePrefixCanBeReadBack) {
    std::set<std::string> prefixes, secrets;
    for (int i = 0; i < 50; ++i) {
        const auto made = this->key_secrets().make();
        EXPECT_TRUE(std::ranges::all_of(made.prefix, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        })) << made.prefix;
        prefixes.insert(made.prefix);
        secrets.insert(made.secret.reveal());
    }
    EXPECT_EQ(prefixes.size(), 50U);
    EXPECT_EQ(secrets.size(), 50U);
}

REGISTER_TYPED_TEST_SUITE_P(KeySecretsContract, KnowsASecretByItsHash,
                            NoTwoAreAlikeAndThePrefixCanBeReadBack);

}  // namespace mim::contract
