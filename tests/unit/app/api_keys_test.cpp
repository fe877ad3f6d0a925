#include "app/api_keys.hpp"

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "fakes/fake_credentials.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::app {
namespace {

using contract::names_field;
using contract::ok;
using contract::outcome;
using namespace std::chrono_literals;

class ApiKeysTest : public ::testing::Test {
  protected:
    ApiKeysTest() {
        for (User* user : {&ada_, &eve_, &vic_}) EXPECT_EQ(outcome(store_.users().create(*user)), ok);
        EXPECT_EQ(outcome(store_.databases().create(shop_)), ok);
    }
    static User user(const std::string& name, Role role) {
        User made = contract::a_user(name);
        made.role = role;
        return made;
    }
    static Caller signed_in(const User& user) {
        return {user.id, TokenFamilyId::generate(), user.role, nullptr};
    }
    NewApiKey made(const User& maker, const ApiKeyDraft& draft) {
        auto key = keys_.create(signed_in(maker), draft);
        EXPECT_EQ(outcome(key), ok);
        return std::move(*key);
    }
    std::string uses(const NewApiKey& key) { return outcome(keys_.authenticate(key.text.reveal())); }
    std::size_t store_calls() { return store_.faults().calls().size(); }

    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    fakes::FakeKeySecrets secrets_;
    ApiKeys keys_{{store_.api_keys(), store_.users(), store_.databases(), secrets_, clock_}};
    User ada_ = user("ada", Role::admin), eve_ = user("eve", Role::editor), vic_ = user("vic", Role::viewer);
    Database shop_ = contract::a_database("shop");
};

TEST_F(ApiKeysTest, AKeyActsForItsOwnerWithinItsScope) {
    const auto write = made(ada_, {.name = "w", .scope = KeyScope::write, .databases = {{shop_.id}}});
    const auto caller = keys_.authenticate(write.text.reveal());
    ASSERT_EQ(outcome(caller), ok);
    EXPECT_EQ(caller->user, ada_.id);
    EXPECT_EQ(caller->role, Role::editor);  // never an administrator
    EXPECT_FALSE(caller->family);
    EXPECT_EQ(caller->key->prefix, write.key.prefix);
    EXPECT_EQ(caller->key->databases, std::vector{shop_.id});
    const auto read = made(ada_, {.name = "r"});
    EXPECT_EQ(keys_.authenticate(read.text.reveal())->role, Role::viewer);
    EXPECT_EQ(write.text.reveal().find(write.key.secret_hash), std::string::npos);
}

TEST_F(ApiKeysTest, NoKeyIsMoreThanItsMaker) {
    EXPECT_EQ(outcome(keys_.create(signed_in(vic_), {.name = "w", .scope = KeyScope::write})), "forbidden");
    EXPECT_EQ(outcome(keys_.create(signed_in(vic_), {.name = "r"})), ok);
}

TEST_F(ApiKeysTest, RefusesWhatItCannotMake) {
    const Caller ada = signed_in(ada_);
    EXPECT_TRUE(names_field(keys_.create(ada, {.name = " "}), "name"));
    EXPECT_TRUE(names_field(keys_.create(ada, {.name = std::string(101, 'x')}), "name"));
    EXPECT_TRUE(names_field(keys_.create(ada, {.name = "k", .lifetime = 0s}), "expires_in_seconds"));
    EXPECT_TRUE(names_field(
        keys_.create(ada, {.name = "k", .databases = {{shop_.id, DatabaseId::generate()}}}), "databases[1]"));
    store_.faults().fail_all("api_keys.create", Error{ErrorCode::store_failed, "no"});
    EXPECT_EQ(outcome(keys_.create(ada, {.name = "k"})), "store_failed");
}

TEST_F(ApiKeysTest, OnlyTheWholeKeyOpens) {
    const auto key = made(ada_, {.name = "k"});
    const std::string text = key.text.reveal();
    EXPECT_EQ(outcome(keys_.authenticate(text + "x")), "token_wrong");
    EXPECT_EQ(outcome(keys_.authenticate(text.substr(0, text.size() - 1))), "token_wrong");
    EXPECT_EQ(outcome(keys_.authenticate("mim_unknown_secret_1")), "token_wrong");
    for (const char* bad : {"mim_", "mim__", "mim_prefix1", "mim_prefix1_", "mim__secret_1"})
        EXPECT_EQ(outcome(keys_.authenticate(bad)), "token_wrong") << bad;
    EXPECT_EQ(uses(key), ok);
}

TEST_F(ApiKeysTest, AKnownKeyCostsNoQuestion) {
    const auto key = made(ada_, {.name = "k"});
    ASSERT_EQ(uses(key), ok);
    const auto asked = store_calls();
    const int verified = secrets_.verified;
    for (int i = 0; i < 100; ++i) ASSERT_EQ(uses(key), ok);
    EXPECT_EQ(store_calls(), asked);
    EXPECT_EQ(secrets_.verified, verified);
}

TEST_F(ApiKeysTest, DeletionActsHereAtOnceAndElsewhereWithinTheDelay) {
    const auto key = made(ada_, {.name = "k"});
    ApiKeys elsewhere{{store_.api_keys(), store_.users(), store_.databases(), secrets_, clock_}};
    ASSERT_EQ(uses(key), ok);
    ASSERT_EQ(outcome(elsewhere.authenticate(key.text.reveal())), ok);
    ASSERT_EQ(outcome(keys_.remove(signed_in(ada_), key.key.id)), ok);
    EXPECT_EQ(uses(key), "token_wrong");
    clock_.advance(Accounts::revocation_delay);
    EXPECT_EQ(outcome(elsewhere.authenticate(key.text.reveal())), "token_wrong");
    EXPECT_EQ(outcome(elsewhere.authenticate(key.text.reveal())), "token_wrong");
}

TEST_F(ApiKeysTest, ExpiresToTheMomentAlsoWhenItIsKnown) {
    const auto key = made(ada_, {.name = "k", .lifetime = 1s});
    ASSERT_EQ(uses(key), ok);
    clock_.advance(999ms);
    EXPECT_EQ(uses(key), ok);
    clock_.advance(1ms);
    EXPECT_EQ(uses(key), "token_wrong");
}

// The fakes keep no way to demote or remove a user, so another store stands for the later state.
TEST_F(ApiKeysTest, TheOwnersRoleOfTodayIsTheLimit) {
    const auto key = made(eve_, {.name = "k", .scope = KeyScope::write});
    fakes::MemoryStore later(clock_);
    ASSERT_EQ(outcome(later.api_keys().create(key.key)), ok);
    ApiKeys keys{{later.api_keys(), later.users(), later.databases(), secrets_, clock_}};
    EXPECT_EQ(outcome(keys.authenticate(key.text.reveal())), "token_revoked");
    User demoted = eve_;
    demoted.role = Role::viewer;
    ASSERT_EQ(outcome(later.users().create(demoted)), ok);
    EXPECT_EQ(keys.authenticate(key.text.reveal())->role, Role::viewer);
}

TEST_F(ApiKeysTest, NotesItsUseOnceAMinute) {
    const auto key = made(ada_, {.name = "k"});
    const auto last_use = [&] { return store_.api_keys().get(key.key.id)->last_used_at; };
    const Timestamp first = clock_.now();
    ASSERT_EQ(uses(key), ok);
    EXPECT_EQ(last_use(), first);
    clock_.advance(59s);
    ASSERT_EQ(uses(key), ok);
    EXPECT_EQ(last_use(), first);
    clock_.advance(1s);
    store_.faults().fail_all("api_keys.note_use", Error{ErrorCode::store_failed, "no"});
    EXPECT_EQ(uses(key), ok);  // whoever calls need not suffer for it
    EXPECT_EQ(last_use(), first);
    store_.faults().heal();
    clock_.advance(2s);
    ASSERT_EQ(uses(key), ok);
    EXPECT_EQ(last_use(), first + 62s);
}

TEST_F(ApiKeysTest, EachSeesTheirOwnAndAnAdministratorAll) {
    const auto of_eve = made(eve_, {.name = "e"});
    clock_.advance(1s);
    const auto of_ada = made(ada_, {.name = "a"});
    EXPECT_EQ(keys_.list(signed_in(eve_), {})->items.size(), 1U);
    const auto all = keys_.list(signed_in(ada_), {}).value();
    ASSERT_EQ(all.items.size(), 2U);
    EXPECT_EQ(all.items[0].username, "ada");
    EXPECT_EQ(all.items[1].username, "eve");
    EXPECT_EQ(outcome(keys_.remove(signed_in(eve_), of_ada.key.id)), "not_found");
    EXPECT_EQ(outcome(keys_.remove(signed_in(eve_), ApiKeyId::generate())), "not_found");
    EXPECT_EQ(outcome(keys_.remove(signed_in(ada_), of_eve.key.id)), ok);
    EXPECT_EQ(uses(of_eve), "token_wrong");
}

}  // namespace
}  // namespace mim::app
