// What every ApiKeyStore promises.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/api_key_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class ApiKeyStoreContract : public ::testing::Test {
  protected:
    app::ApiKeyStore& keys() { return harness_.api_keys(); }
    app::ApiKey kept(app::ApiKey key) {
        EXPECT_EQ(outcome(keys().create(key)), ok);
        return key;
    }
    // "c b a", of one page.
    std::string listed(const std::optional<UserId>& owner, int page = 1, int limit = 50) {
        std::string prefixes;
        const auto found = keys().list(owner, {.query = "", .page = page, .limit = limit});
        for (const auto& key : found.value().items) prefixes += (prefixes.empty() ? "" : " ") + key.prefix;
        return prefixes;
    }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(ApiKeyStoreContract);

TYPED_TEST_P(ApiKeyStoreContract, KeepsEveryField) {
    app::ApiKey key = an_api_key(UserId::generate(), "abc");
    key.last_used_at = at(7);
    this->kept(key);
    app::ApiKey unbound{.owner = key.owner};
    unbound.prefix = "def";
    this->kept(unbound);
    for (const auto& found : {this->keys().get(key.id), this->keys().find_by_prefix("abc")}) {
        ASSERT_EQ(outcome(found), ok);
        EXPECT_EQ(found->id, key.id);
        EXPECT_EQ(found->owner, key.owner);
        EXPECT_EQ(found->created_at, at(1));
        EXPECT_EQ(found->name, "nightly abc");
        EXPECT_EQ(found->prefix, "abc");
        EXPECT_EQ(found->secret_hash, "hash of abc");
        EXPECT_EQ(found->scope, app::KeyScope::write);
        EXPECT_EQ(found->databases, key.databases);
        EXPECT_EQ(found->expires_at, at(5'000));
        EXPECT_EQ(found->last_used_at, at(7));
    }
    const auto found = this->keys().get(unbound.id);
    ASSERT_EQ(outcome(found), ok);
    EXPECT_EQ(found->scope, app::KeyScope::read);
    EXPECT_FALSE(found->databases || found->expires_at || found->last_used_at);
}

TYPED_TEST_P(ApiKeyStoreContract, APrefixBelongsToOneKey) {
    const UserId ada = UserId::generate();
    this->kept(an_api_key(ada, "abc"));
    EXPECT_EQ(outcome(this->keys().create(an_api_key(UserId::generate(), "abc"))), "already_exists");
    EXPECT_EQ(outcome(this->keys().find_by_prefix("ab")), "not_found");
    EXPECT_EQ(outcome(this->keys().get(ApiKeyId::generate())), "not_found");
}

TYPED_TEST_P(ApiKeyStoreContract, ListsTheNewestFirstOfOneOrOfAll) {
    const UserId ada = UserId::generate(), bob = UserId::generate();
    this->kept(an_api_key(ada, "a", 1));
    this->kept(an_api_key(bob, "b", 2));
    this->kept(an_api_key(ada, "c", 3));
    EXPECT_EQ(this->listed(std::nullopt), "c b a");
    EXPECT_EQ(this->listed(ada), "c a");
    EXPECT_EQ(this->listed(bob), "b");
    EXPECT_EQ(this->listed(UserId::generate()), "");
    EXPECT_EQ(this->listed(std::nullopt, 2, 2), "a");
    EXPECT_EQ(this->keys().list(ada, {.query = "", .page = 2, .limit = 1})->total, 2);
}

TYPED_TEST_P(ApiKeyStoreContract, ARemovedKeyIsGone) {
    const auto key = this->kept(an_api_key(UserId::generate(), "abc"));
    EXPECT_EQ(this->keys().remove(key.id).value(), app::Removal::done);
    EXPECT_EQ(outcome(this->keys().find_by_prefix("abc")), "not_found");
    EXPECT_EQ(this->keys().remove(key.id).value(), app::Removal::nothing_there);
    EXPECT_EQ(outcome(this->keys().note_use(key.id, at(9))), ok);
    EXPECT_EQ(outcome(this->keys().get(key.id)), "not_found");
}

TYPED_TEST_P(ApiKeyStoreContract, TheLastUseNeverGoesBack) {
    const auto key = this->kept(an_api_key(UserId::generate(), "abc"));
    ASSERT_EQ(outcome(this->keys().note_use(key.id, at(9))), ok);
    ASSERT_EQ(outcome(this->keys().note_use(key.id, at(8))), ok);
    EXPECT_EQ(this->keys().get(key.id)->last_used_at, at(9));
    ASSERT_EQ(outcome(this->keys().note_use(key.id, at(10))), ok);
    EXPECT_EQ(this->keys().get(key.id)->last_used_at, at(10));
}

REGISTER_TYPED_TEST_SUITE_P(ApiKeyStoreContract, KeepsEveryField, APrefixBelongsToOneKey,
                            ListsTheNewestFirstOfOneOrOfAll, ARemovedKeyIsGone, TheLastUseNeverGoesBack);

}  // namespace mim::contract
