// What every TrashStore promises, and the stores that things come into the trash from.
#pragma once

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "app/ports/api_key_store.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/trash_store.hpp"
#include "app/ports/user_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class TrashStoreContract : public ::testing::Test {
  protected:
    void SetUp() override {
        shop_.protection = app::Protection::on;
        shop_.place = app::Place{.hosts = {"db.example.org:27017"}, .db_name = "shop"};
        shop_.seen_server = app::SeenServer{{{5, 0}, index::ServerVersion{4, 4}}, at(3)};
        make_shop();
    }
    void make_shop() {
        definitions_made_.clear();
        ASSERT_EQ(outcome(databases().create(shop_)), ok);
        for (const char* field : {"a", "b"}) {
            definitions_made_.push_back(a_definition(shop_.id, "orders", field));
            ASSERT_EQ(outcome(definitions().create(definitions_made_.back())), ok);
        }
        ASSERT_EQ(outcome(definitions().create(a_definition(shop_.id, "people", "a"))), ok);
        const app::MadeCollection made{.database = shop_.id, .created_at = at(1), .name = "empty"};
        ASSERT_EQ(outcome(collections().note_made(made)), ok);
    }
    app::TrashStore& trash() { return harness_.trash(); }
    app::UserStore& users() { return harness_.users(); }
    app::TokenFamilyStore& families() { return harness_.families(); }
    app::ApiKeyStore& api_keys() { return harness_.api_keys(); }
    app::DatabaseStore& databases() { return harness_.databases(); }
    app::DefinitionStore& definitions() { return harness_.definitions(); }
    app::CollectionStore& collections() { return harness_.collections(); }
    const app::Database& shop() const { return shop_; }
    const app::Definition& a_shop_definition() const { return definitions_made_.front(); }
    std::string listed(app::TrashedAccounts accounts = app::TrashedAccounts::shown, int page = 1,
                       int limit = 50) {
        const auto found = trash().list(accounts, {.query = {}, .page = page, .limit = limit});
        if (!found) return outcome(found);
        std::string text;
        for (const auto& each : found->items)
            text += std::string(to_string(each.kind)) + " " + each.name + ":" +
                    std::to_string(each.definitions) + " ";
        return text + "of " + std::to_string(found->total);
    }
    std::string known_collections() {
        const auto found = collections().collections(shop_.id, {});
        if (!found) return outcome(found);
        std::string text;
        for (const auto& each : found->items)
            text += each.collection + ":" + std::to_string(each.total_indexes) + " ";
        return text;
    }

  private:
    Harness harness_;
    app::Database shop_ = a_database("shop");
    std::vector<app::Definition> definitions_made_;
};
TYPED_TEST_SUITE_P(TrashStoreContract);

TYPED_TEST_P(TrashStoreContract, ADatabaseComesBackWhole) {
    const app::Discard discard = a_discard();
    ASSERT_EQ(outcome(this->databases().discard(this->shop().id, discard)), ok);
    EXPECT_EQ(outcome(this->databases().get(this->shop().id)), "not_found");
    EXPECT_EQ(outcome(this->definitions().get(this->a_shop_definition().id)), "not_found");
    EXPECT_EQ(this->listed(), "database shop:3 of 1");
    const auto entry = this->trash().get(discard.as);
    ASSERT_EQ(outcome(entry), ok);
    EXPECT_EQ(entry->deleted_at, discard.at);
    EXPECT_EQ(entry->deleted_by, discard.by);
    EXPECT_EQ(entry->database, this->shop().id);
    ASSERT_EQ(outcome(this->trash().restore(discard.as)), ok);
    const auto back = this->databases().get(this->shop().id);
    ASSERT_EQ(outcome(back), ok);
    EXPECT_EQ(back->name, "shop");
    EXPECT_EQ(back->uri, this->shop().uri);
    EXPECT_EQ(back->protection, app::Protection::on);
    EXPECT_EQ(back->created_at, this->shop().created_at);
    EXPECT_EQ(back->place, this->shop().place);
    EXPECT_EQ(back->seen_server, this->shop().seen_server);
    EXPECT_EQ(this->known_collections(), "empty:0 orders:2 people:1 ");
    EXPECT_EQ(this->definitions().get(this->a_shop_definition().id)->spec, this->a_shop_definition().spec);
    EXPECT_EQ(this->listed(), "of 0");
    EXPECT_EQ(outcome(this->trash().restore(discard.as)), "not_found");
    const auto of_none = this->databases().discard(DatabaseId::generate(), a_discard());
    EXPECT_EQ(of_none.value(), app::Removal::nothing_there);
    EXPECT_EQ(this->listed(), "of 0");
}

TYPED_TEST_P(TrashStoreContract, OfManyDeletionsOfADatabaseAtOnceOneIsDone) {
    for (int round = 0; round < 10; ++round) {
        std::latch at_once(3);
        std::atomic<int> done{0}, nothing_there{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&] {
                const app::Discard discard = a_discard();
                at_once.arrive_and_wait();
                const auto removal = this->databases().discard(this->shop().id, discard);
                if (removal && *removal == app::Removal::done) ++done;
                if (removal && *removal == app::Removal::nothing_there) ++nothing_there;
            });
        }
        for (auto& thread : threads) thread.join();
        ASSERT_EQ(done, 1);
        ASSERT_EQ(nothing_there, 2);
        ASSERT_EQ(this->listed(), "database shop:3 of 1");
        const auto entry = this->trash().list(app::TrashedAccounts::shown, {}).value().items.front();
        ASSERT_EQ(outcome(this->trash().restore(entry.id)), ok);
    }
}

TYPED_TEST_P(TrashStoreContract, ANameIsFreeMeanwhileAndThenInTheWay) {
    const app::Discard discard = a_discard();
    ASSERT_EQ(outcome(this->databases().discard(this->shop().id, discard)), ok);
    const app::Database another = a_database("shop");
    ASSERT_EQ(outcome(this->databases().create(another)), ok);
    const auto refused = this->trash().restore(discard.as);
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_TRUE(names_field(refused, "name"));
    EXPECT_EQ(this->listed(), "database shop:3 of 1");
    EXPECT_EQ(outcome(this->definitions().get(this->a_shop_definition().id)), "not_found");
    ASSERT_EQ(outcome(this->databases().remove(another.id)), ok);
    EXPECT_EQ(outcome(this->trash().restore(discard.as)), ok);
    EXPECT_EQ(this->known_collections(), "empty:0 orders:2 people:1 ");
}

TYPED_TEST_P(TrashStoreContract, SoIsANameThatLooksLikeIt) {
    const app::Discard discard = a_discard();
    ASSERT_EQ(outcome(this->databases().discard(this->shop().id, discard)), ok);
    const app::Database another = a_database("sh\u043Ep");
    ASSERT_EQ(outcome(this->databases().create(another)), ok);
    const auto refused = this->trash().restore(discard.as);
    EXPECT_EQ(outcome(refused), "already_exists");
    EXPECT_TRUE(names_field(refused, "name"));
    EXPECT_EQ(outcome(this->databases().get(this->shop().id)), "not_found");
    EXPECT_EQ(outcome(this->definitions().get(this->a_shop_definition().id)), "not_found");
    ASSERT_EQ(outcome(this->databases().remove(another.id)), ok);
    ASSERT_EQ(outcome(this->trash().restore(discard.as)), ok);
    EXPECT_EQ(outcome(this->databases().create(another)), "already_exists");  // it has its look again

    app::User bob = a_user("bob"), like_bob = a_user("b\u043Eb");
    like_bob.email = "another@example.org";
    ASSERT_EQ(outcome(this->users().create(bob)), ok);
    const app::Discard of_bob = a_discard();
    ASSERT_EQ(outcome(this->users().remove(bob.id, of_bob)), ok);
    ASSERT_EQ(outcome(this->users().create(like_bob)), ok);
    EXPECT_TRUE(names_field(this->trash().restore(of_bob.as), "username"));
    ASSERT_EQ(outcome(this->users().remove(like_bob.id, a_discard())), ok);
    ASSERT_EQ(outcome(this->trash().restore(of_bob.as)), ok);
    EXPECT_EQ(outcome(this->users().create(like_bob)), "already_exists");
}

TYPED_TEST_P(TrashStoreContract, DefinitionsOfACollectionComeBack) {
    const app::Discard orders = a_discard(), empty = a_discard(), again = a_discard();
    ASSERT_EQ(outcome(this->collections().remove_collection(this->shop().id, "orders", orders)), ok);
    ASSERT_EQ(outcome(this->collections().remove_collection(this->shop().id, "empty", empty)), ok);
    EXPECT_EQ(this->listed(), "definitions orders:2 of 1");
    EXPECT_EQ(this->known_collections(), "people:1 ");
    ASSERT_EQ(outcome(this->trash().restore(orders.as)), ok);
    EXPECT_EQ(this->known_collections(), "orders:2 people:1 ");
    ASSERT_EQ(outcome(this->collections().remove_collection(this->shop().id, "orders", again)), ok);
    ASSERT_EQ(outcome(this->definitions().create(a_definition(this->shop().id, "orders", "b"))), ok);
    EXPECT_EQ(outcome(this->trash().restore(again.as)), "already_exists");
    EXPECT_EQ(this->known_collections(), "orders:1 people:1 ");
    ASSERT_EQ(outcome(this->databases().remove(this->shop().id)), ok);
    EXPECT_EQ(outcome(this->trash().restore(again.as)), "not_found");
}

TYPED_TEST_P(TrashStoreContract, AnAccountComesBackAsItWas) {
    app::User root = a_user("root"), bob = a_user("bob");
    root.role = bob.role = app::Role::admin;
    for (const auto* user : {&root, &bob}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    const app::Discard discard = a_discard();
    ASSERT_EQ(outcome(this->users().remove(bob.id, discard)), ok);
    EXPECT_EQ(outcome(this->users().remove(root.id, a_discard())), "last_admin");
    EXPECT_EQ(this->listed(), "account bob:0 of 1");
    EXPECT_EQ(this->listed(app::TrashedAccounts::hidden), "of 0");
    app::User another = a_user("BOB");
    another.email = "another@example.org";
    ASSERT_EQ(outcome(this->users().create(another)), ok);
    EXPECT_TRUE(names_field(this->trash().restore(discard.as), "username"));
    ASSERT_EQ(outcome(this->users().remove(another.id, a_discard(60))), ok);
    ASSERT_EQ(outcome(this->trash().restore(discard.as)), ok);
    const auto back = this->users().get(bob.id);
    ASSERT_EQ(outcome(back), ok);
    EXPECT_EQ(back->password_hash, bob.password_hash);
    EXPECT_EQ(back->role, app::Role::admin);
    EXPECT_EQ(back->status, app::AccountStatus::enabled);
    EXPECT_EQ(this->users().find_by_identity("bob")->id, bob.id);
}

// A sign-in, or the making of a key, that was on its way while the account was deleted.
TYPED_TEST_P(TrashStoreContract, NoSessionAndNoKeyOfAnAccountComesBack) {
    app::User root = a_user("root"), bob = a_user("bob");
    root.role = app::Role::admin;
    for (const auto* user : {&root, &bob}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    const app::Discard discard = a_discard();
    ASSERT_EQ(outcome(this->users().remove(bob.id, discard)), ok);
    const auto session = a_family(bob.id, "late"), later = a_family(bob.id, "later");
    const auto key = an_api_key(bob.id, "late");
    static_cast<void>(this->families().open(session));
    static_cast<void>(this->api_keys().create(key));
    ASSERT_EQ(outcome(this->trash().restore(discard.as)), ok);
    const auto back = this->users().get(bob.id).value();
    EXPECT_FALSE(app::is_live(session.id, this->families().standing(session.id).value(), back));
    EXPECT_EQ(outcome(this->api_keys().get(key.id)), "not_found");
    // One that was on its way for even longer.
    ASSERT_EQ(outcome(this->families().open(later)), ok);
    EXPECT_FALSE(app::is_live(later.id, this->families().standing(later.id).value(), back));
}

TYPED_TEST_P(TrashStoreContract, OfManyDeletionsOfAnAccountAtOnceOneIsDone) {
    app::User root = a_user("root"), bob = a_user("bob");
    root.role = bob.role = app::Role::admin;
    for (const auto* user : {&root, &bob}) ASSERT_EQ(outcome(this->users().create(*user)), ok);
    for (int round = 0; round < 10; ++round) {
        std::latch at_once(3);
        std::vector<std::string> results(3);
        std::vector<std::thread> threads;
        for (std::string& result : results) {
            threads.emplace_back([&] {
                at_once.arrive_and_wait();
                result = outcome(this->users().remove(bob.id, a_discard()));
            });
        }
        for (auto& thread : threads) thread.join();
        std::sort(results.begin(), results.end());
        ASSERT_EQ(results, (std::vector<std::string>{"not_found", "not_found", ok}));
        ASSERT_EQ(this->listed(), "account bob:0 of 1");
        const auto entry = this->trash().list(app::TrashedAccounts::shown, {}).value().items.front();
        ASSERT_EQ(outcome(this->trash().restore(entry.id)), ok);
        ASSERT_EQ(this->users().get(bob.id)->status, app::AccountStatus::enabled);
    }
}

TYPED_TEST_P(TrashStoreContract, WhatIsPurgedIsGone) {
    const app::Discard shop = a_discard(10), people = a_discard(5);
    ASSERT_EQ(outcome(this->collections().remove_collection(this->shop().id, "people", people)), ok);
    ASSERT_EQ(outcome(this->databases().discard(this->shop().id, shop)), ok);
    EXPECT_EQ(this->listed(), "database shop:2 definitions people:1 of 2");
    EXPECT_EQ(this->listed(app::TrashedAccounts::hidden, 2, 1), "definitions people:1 of 2");
    EXPECT_EQ(this->trash().purge_before(at(5)).value(), 0);
    EXPECT_EQ(this->trash().purge_before(at(6)).value(), 1);
    EXPECT_EQ(this->listed(), "database shop:2 of 1");
    const auto purged = this->trash().purge(shop.as);
    ASSERT_EQ(outcome(purged), ok);
    ASSERT_TRUE(*purged);
    EXPECT_EQ((*purged)->id, shop.as);
    EXPECT_EQ((*purged)->name, "shop");
    EXPECT_FALSE(this->trash().purge(shop.as).value()) << "there is none any more";
    EXPECT_EQ(outcome(this->trash().get(shop.as)), "not_found");
    EXPECT_EQ(outcome(this->trash().restore(people.as)), "not_found");
}

TYPED_TEST_P(TrashStoreContract, OfARestoreAndAPurgeAtOnceOneHappensWhole) {
    for (int round = 0; round < 20; ++round) {
        const app::Discard discard = a_discard();
        ASSERT_EQ(outcome(this->databases().discard(this->shop().id, discard)), ok);
        std::latch at_once(2);
        std::string restored;
        std::thread other([&] {
            at_once.arrive_and_wait();
            restored = outcome(this->trash().restore(discard.as));
        });
        at_once.arrive_and_wait();
        const auto purged = this->trash().purge(discard.as);
        other.join();
        ASSERT_EQ(outcome(purged), ok);
        ASSERT_EQ(restored, *purged ? "not_found" : ok);
        ASSERT_EQ(outcome(this->databases().get(this->shop().id)), *purged ? "not_found" : ok);
        ASSERT_EQ(this->known_collections(), *purged ? "" : "empty:0 orders:2 people:1 ");
        ASSERT_EQ(this->listed(), "of 0");
        if (*purged) {
            this->make_shop();
        }
    }
}

REGISTER_TYPED_TEST_SUITE_P(TrashStoreContract, ADatabaseComesBackWhole,
                            OfManyDeletionsOfADatabaseAtOnceOneIsDone, ANameIsFreeMeanwhileAndThenInTheWay,
                            SoIsANameThatLooksLikeIt, DefinitionsOfACollectionComeBack,
                            AnAccountComesBackAsItWas, NoSessionAndNoKeyOfAnAccountComesBack,
                            OfManyDeletionsOfAnAccountAtOnceOneIsDone, WhatIsPurgedIsGone,
                            OfARestoreAndAPurgeAtOnceOneHappensWhole);

}  // namespace mim::contract
