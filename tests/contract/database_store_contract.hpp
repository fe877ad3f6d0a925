// What every DatabaseStore promises.
#pragma once

#include <algorithm>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/sync_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class DatabaseStoreContract : public ::testing::Test {
  protected:
    app::DatabaseStore& databases() { return harness_.databases(); }
    app::DefinitionStore& definitions() { return harness_.definitions(); }
    app::SyncStore& syncs() { return harness_.syncs(); }
    app::SyncProgressStore& progress() { return harness_.progress(); }
    app::Database created(const std::string& name, std::int64_t when = 1) {
        app::Database database = a_database(name, when);
        EXPECT_EQ(outcome(databases().create(database)), ok);
        return database;
    }
    // When the stored one was changed last.
    Timestamp as_of(const DatabaseId& id) { return databases().get(id).value().updated_at; }
    // The names found, in order, as one text.
    std::string found(const std::string& query, int page = 1, int limit = 50) {
        const auto answer = databases().list({.query = query, .page = page, .limit = limit});
        if (!answer) return outcome(answer);
        std::string names;
        for (const auto& database : answer->items) names += database.name + " ";
        return names + "of " + std::to_string(answer->total);
    }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(DatabaseStoreContract);

TYPED_TEST_P(DatabaseStoreContract, KeepsEveryField) {
    app::Database shop = a_database("shop");
    shop.updated_at = at(7);
    shop.duplicate_samples = app::DuplicateSamples::hidden;
    ASSERT_EQ(outcome(this->databases().create(shop)), ok);
    const auto read = this->databases().get(shop.id);
    ASSERT_EQ(outcome(read), ok);
    EXPECT_EQ(read->id, shop.id);
    EXPECT_EQ(read->created_at, at(1));
    EXPECT_EQ(read->updated_at, at(7));
    EXPECT_EQ(read->name, "shop");
    EXPECT_EQ(read->description, "holds shop");
    EXPECT_EQ(read->uri, shop.uri);
    EXPECT_EQ(read->db_name, "shop");
    EXPECT_EQ(read->duplicate_samples, app::DuplicateSamples::hidden);
    EXPECT_EQ(outcome(this->databases().get(DatabaseId::generate())), "not_found");
}

TYPED_TEST_P(DatabaseStoreContract, RefusesATakenName) {
    this->created("shop");
    const auto again = this->databases().create(a_database("shop"));
    EXPECT_EQ(outcome(again), "already_exists");
    EXPECT_TRUE(names_field(again, "name"));
}

TYPED_TEST_P(DatabaseStoreContract, RefusesANameThatLooksLikeAnotherOne) {
    auto shop = this->created("shop");
    auto other = this->created("other");
    for (const char* name : {"Shop", "sh op", "shop\u3000", "sh\u043Ep", "SH\u039FP", "sh0p", "\uFF53hop",
                             "sh\u200Bop", "s\u04BBop"}) {
        const auto refused = this->databases().create(a_database(name));
        EXPECT_EQ(outcome(refused), "already_exists") << name;
        EXPECT_TRUE(names_field(refused, "name")) << name;
        other.name = name;
        const auto kept = this->databases().update(other, this->as_of(other.id), app::Destination::same);
        EXPECT_EQ(outcome(kept), "already_exists") << name;
        EXPECT_TRUE(names_field(kept, "name")) << name;
    }
    EXPECT_EQ(this->databases().get(other.id)->name, "other");
    this->created("shops");
    this->created("shop-1");
    shop.name = "SHOP";  // its own look
    ASSERT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::same)), ok);
    shop.name = "store";
    ASSERT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::same)), ok);
    other.name = "sh\u043Ep";  // nobody has that look any more
    EXPECT_EQ(outcome(this->databases().update(other, this->as_of(other.id), app::Destination::same)), ok);
    EXPECT_EQ(outcome(this->databases().create(a_database("shop"))), "already_exists");
    ASSERT_EQ(outcome(this->databases().remove(other.id)), ok);
    EXPECT_EQ(outcome(this->databases().create(a_database("shop"))), ok);
}

TYPED_TEST_P(DatabaseStoreContract, OfThoseThatLookAlikeOneIsTakenInARace) {
    const auto renamed = this->created("another");
    const std::vector<std::string> names{"modem", "modern", "m\u043Edem"};
    std::vector<std::string> ends(names.size() + 1);
    std::vector<std::thread> threads;
    for (std::size_t each = 0; each < names.size(); ++each) {
        threads.emplace_back(
            [&, each] { ends[each] = outcome(this->databases().create(a_database(names[each]))); });
    }
    threads.emplace_back([&] {
        auto changed = renamed;
        changed.name = "Modem";
        ends.back() = outcome(this->databases().update(changed, renamed.updated_at, app::Destination::same));
    });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(ends.begin(), ends.end(), ok), 1);
    EXPECT_EQ(std::count(ends.begin(), ends.end(), "already_exists"), 3);
}

TYPED_TEST_P(DatabaseStoreContract, ListsNewestFirstInPages) {
    this->created("second", 2);
    this->created("third", 3);
    this->created("first", 1);
    EXPECT_EQ(this->found(""), "third second first of 3");
    EXPECT_EQ(this->found("", 1, 2), "third second of 3");
    EXPECT_EQ(this->found("", 2, 2), "first of 3");
    EXPECT_EQ(this->found("", 3, 2), "of 3");
    const auto page = this->databases().list({.query = "", .page = 2, .limit = 2});
    EXPECT_EQ(page->page, 2);
    EXPECT_EQ(page->limit, 2);
}

TYPED_TEST_P(DatabaseStoreContract, FindsByPartOfNameOrDescriptionInAnyCase) {
    this->created("Shop", 3);
    this->created("100%_sure", 2);
    app::Database third = a_database("third", 1);
    third.description = "like a SHOP";
    ASSERT_EQ(outcome(this->databases().create(third)), ok);
    EXPECT_EQ(this->found("shop"), "Shop third of 2");
    EXPECT_EQ(this->found("shop", 2, 1), "third of 2");
    EXPECT_EQ(this->found("%"), "100%_sure of 1");
    EXPECT_EQ(this->found("_"), "100%_sure of 1");
    EXPECT_EQ(this->found("absent"), "of 0");
}

TYPED_TEST_P(DatabaseStoreContract, AnIdFindsThatOne) {
    const auto shop = this->created("shop");
    this->created("other");
    EXPECT_EQ(this->found(shop.id.text()), "shop of 1");
    EXPECT_EQ(this->found(DatabaseId::generate().text()), "of 0");
}

TYPED_TEST_P(DatabaseStoreContract, UpdatesAllButTheTimeOfCreation) {
    auto shop = this->created("shop");
    shop.name = "store";
    shop.description = "";
    shop.uri = Secret("mongodb://elsewhere");
    shop.db_name = "store";
    shop.created_at = at(99);
    shop.updated_at = at(50);
    ASSERT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::same)), ok);
    const auto read = this->databases().get(shop.id);
    ASSERT_EQ(outcome(read), ok);
    EXPECT_EQ(read->name, "store");
    EXPECT_EQ(read->description, "");
    EXPECT_EQ(read->uri, Secret("mongodb://elsewhere"));
    EXPECT_EQ(read->db_name, "store");
    EXPECT_EQ(read->created_at, at(1));
    EXPECT_EQ(read->updated_at, at(50));
    app::Database hiding = this->databases().get(shop.id).value();
    EXPECT_EQ(hiding.duplicate_samples, app::DuplicateSamples::shown);
    hiding.duplicate_samples = app::DuplicateSamples::hidden;
    ASSERT_EQ(outcome(this->databases().update(hiding, this->as_of(hiding.id), app::Destination::same)), ok);
    EXPECT_EQ(this->databases().get(shop.id)->duplicate_samples, app::DuplicateSamples::hidden);
}

TYPED_TEST_P(DatabaseStoreContract, RefusesAnUpdateOfWhatWasChangedSinceItWasRead) {
    const auto read = this->created("shop");
    for (const auto destination : {app::Destination::same, app::Destination::another}) {
        const Timestamp as_of = this->as_of(read.id);
        auto first = read;
        auto second = read;
        first.updated_at = as_of + std::chrono::milliseconds{1};
        first.description = "first";
        second.updated_at = as_of + std::chrono::milliseconds{2};
        second.name = "second";
        ASSERT_EQ(outcome(this->databases().update(first, as_of, destination)), ok);
        EXPECT_EQ(outcome(this->databases().update(second, as_of, destination)), "not_allowed_in_state");
        EXPECT_EQ(this->databases().get(read.id)->name, "shop");
        EXPECT_EQ(this->databases().get(read.id)->description, "first");
    }
}

TYPED_TEST_P(DatabaseStoreContract, RefusesAnUpdateThatCannotBe) {
    auto shop = this->created("shop");
    this->created("taken");
    shop.name = "taken";
    const auto taken = this->databases().update(shop, this->as_of(shop.id), app::Destination::same);
    EXPECT_EQ(outcome(taken), "already_exists");
    EXPECT_TRUE(names_field(taken, "name"));
    EXPECT_EQ(this->databases().get(shop.id)->name, "shop");
    EXPECT_EQ(outcome(this->databases().update(a_database("new"), at(1), app::Destination::same)),
              "not_found");
}

TYPED_TEST_P(DatabaseStoreContract, ProtectionIsSetApartAndOutlivesAnUpdate) {
    auto guarded = a_database("guarded");
    guarded.protection = app::Protection::on;
    ASSERT_EQ(outcome(this->databases().create(guarded)), ok);
    EXPECT_EQ(this->databases().get(guarded.id)->protection, app::Protection::on);
    auto shop = this->created("shop");
    ASSERT_EQ(outcome(this->databases().set_protection(shop.id, app::Protection::on, at(7))), ok);
    EXPECT_EQ(this->databases().get(shop.id)->updated_at, at(7));
    shop.description = "read before it was protected";
    ASSERT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::same)), ok);
    EXPECT_EQ(this->databases().get(shop.id)->protection, app::Protection::on);
    EXPECT_EQ(this->databases().get(shop.id)->description, shop.description);
    ASSERT_EQ(outcome(this->databases().set_protection(shop.id, app::Protection::off, at(8))), ok);
    EXPECT_EQ(this->databases().get(shop.id)->protection, app::Protection::off);
    EXPECT_EQ(this->databases().get(guarded.id)->protection, app::Protection::on);
    EXPECT_EQ(outcome(this->databases().set_protection(DatabaseId::generate(), app::Protection::on, at(8))),
              "not_found");
}

TYPED_TEST_P(DatabaseStoreContract, RemovesWithItsDefinitionsAndFinishedSyncs) {
    const auto shop = this->created("shop");
    const auto kept = this->created("kept");
    const auto gone = a_definition(shop.id, "orders", "a");
    const auto stays = a_definition(kept.id, "orders", "a");
    ASSERT_EQ(outcome(this->definitions().create(gone)), ok);
    ASSERT_EQ(outcome(this->definitions().create(stays)), ok);
    const auto sync = a_sync(shop.id);
    ASSERT_EQ(outcome(this->syncs().submit(sync, {})), ok);
    ASSERT_EQ(outcome(this->syncs().request_cancel(sync.id, at(2))), ok);
    ASSERT_EQ(outcome(this->databases().remove(shop.id)), ok);
    EXPECT_EQ(outcome(this->databases().get(shop.id)), "not_found");
    EXPECT_EQ(outcome(this->definitions().get(gone.id)), "not_found");
    EXPECT_EQ(outcome(this->syncs().get(sync.id)), "not_found");
    EXPECT_EQ(outcome(this->definitions().get(stays.id)), ok);
    EXPECT_EQ(outcome(this->databases().remove(shop.id)), ok);
}

TYPED_TEST_P(DatabaseStoreContract, StaysWhileASyncIsActive) {
    const auto shop = this->created("shop");
    const auto sync = a_sync(shop.id);
    ASSERT_EQ(outcome(this->syncs().submit(sync, {})), ok);
    EXPECT_EQ(outcome(this->databases().remove(shop.id)), "sync_active");
    ASSERT_EQ(outcome(this->progress().claim(sync.id, 1, at(2))), ok);
    EXPECT_EQ(outcome(this->databases().remove(shop.id)), "sync_active");
    EXPECT_EQ(outcome(this->databases().get(shop.id)), ok);
    ASSERT_EQ(outcome(this->progress().finish(sync.id, 1, app::SyncStatus::completed, "", at(3))), ok);
    EXPECT_EQ(outcome(this->databases().remove(shop.id)), ok);
}

TYPED_TEST_P(DatabaseStoreContract, LeadsNowhereElseWhileASyncIsActive) {
    auto shop = this->created("shop");
    const auto sync = a_sync(shop.id);
    ASSERT_EQ(outcome(this->syncs().submit(sync, {})), ok);
    shop.db_name = "elsewhere";
    EXPECT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::another)),
              "sync_active");
    ASSERT_EQ(outcome(this->progress().claim(sync.id, 1, at(2))), ok);
    EXPECT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::another)),
              "sync_active");
    EXPECT_NE(this->databases().get(shop.id)->db_name, "elsewhere");
    auto renamed = this->databases().get(shop.id).value();
    renamed.name = "store";
    EXPECT_EQ(outcome(this->databases().update(renamed, this->as_of(renamed.id), app::Destination::same)),
              ok);
    ASSERT_EQ(outcome(this->progress().finish(sync.id, 1, app::SyncStatus::completed, "", at(3))), ok);
    EXPECT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::another)), ok);
    EXPECT_EQ(this->databases().get(shop.id)->db_name, "elsewhere");
    EXPECT_EQ(outcome(this->databases().update(a_database("new"), at(1), app::Destination::another)),
              "not_found");
}

TYPED_TEST_P(DatabaseStoreContract, FindsThoseThatShareAPlace) {
    const auto placed = [this](const std::string& name, const std::string& uri, const std::string& db_name) {
        app::Database database = a_database(name);
        database.place = app::place_of(Secret(uri), db_name);
        EXPECT_EQ(outcome(this->databases().create(database)), ok);
        return database;
    };
    const app::Database first = placed("first", "mongodb://a,b", "shop");
    app::Database second = placed("second", "mongodb://b,c", "shop");
    placed("other name", "mongodb://b", "shop2");
    placed("other host", "mongodb://d", "shop");
    this->created("unplaced");
    EXPECT_EQ(this->databases().get(first.id)->place, first.place);
    const auto found = [this](const std::vector<app::Place>& places) {
        std::set<DatabaseId> ids;
        const auto neighbours = this->databases().neighbours(places);
        for (const auto& each : *neighbours) ids.insert(each.id);
        return ids;
    };
    EXPECT_EQ(found({*first.place}), (std::set{first.id, second.id}));
    EXPECT_EQ(found({*app::place_of(Secret("mongodb://c"), "shop")}), std::set{second.id});
    EXPECT_TRUE(found({}).empty());
    ASSERT_EQ(outcome(this->databases().set_protection(first.id, app::Protection::on, at(2))), ok);
    const auto neighbours = this->databases().neighbours({*first.place});
    for (const auto& each : *neighbours)
        EXPECT_EQ(each.protection, each.id == first.id ? app::Protection::on : app::Protection::off);
    const auto elsewhere = *app::place_of(Secret("mongodb://e"), "shop");
    ASSERT_EQ(outcome(this->databases().set_place(second.id, elsewhere, elsewhere)), ok);
    EXPECT_EQ(found({*first.place}), (std::set{first.id, second.id})) << "it was not that before";
    ASSERT_EQ(outcome(this->databases().set_place(second.id, elsewhere, second.place)), ok);
    EXPECT_EQ(found({*first.place}), std::set{first.id});
    const auto met = app::with_servers(elsewhere, {"process 1"});
    ASSERT_EQ(outcome(this->databases().set_place(second.id, met, elsewhere)), ok);
    EXPECT_EQ(found({app::with_servers(*first.place, {"process 1"})}), (std::set{first.id, second.id}));
    ASSERT_EQ(outcome(this->databases().set_place(second.id, elsewhere, elsewhere)), ok);
    EXPECT_EQ(app::servers_of(*this->databases().get(second.id)->place),
              std::vector<std::string>{"process 1"})
        << "whoever met nobody takes nothing back";
    second.place = first.place;
    ASSERT_EQ(outcome(this->databases().update(second, this->as_of(second.id), app::Destination::same)), ok);
    EXPECT_EQ(found({*first.place}), (std::set{first.id, second.id}));
}

TYPED_TEST_P(DatabaseStoreContract, KeepsTheServerThatWasSeenThere) {
    using Seen = std::optional<app::SeenServer>;
    const Seen old = app::SeenServer{{{4, 4}}, at(5)};
    const Seen fresh =
        app::SeenServer{{{5, 0}, index::ServerVersion{4, 4}}, at(6), index::ServerVersion{4, 2}};
    app::Database shop = this->created("shop");
    const auto seen = [&] { return this->databases().get(shop.id)->seen_server; };
    const auto set = [&](const Seen& now, const Seen& before) {
        return outcome(this->databases().set_seen_server(shop.id, *now, before));
    };
    EXPECT_EQ(seen(), std::nullopt);
    ASSERT_EQ(set(old, std::nullopt), ok);
    EXPECT_EQ(seen(), old);
    ASSERT_EQ(set(fresh, std::nullopt), ok);
    EXPECT_EQ(seen(), old) << "somebody else was faster";
    ASSERT_EQ(set(fresh, old), ok);
    EXPECT_EQ(seen(), fresh);
    EXPECT_EQ(this->databases().list({}).value().items.at(0).seen_server, fresh);
    const Timestamp as_of = this->as_of(shop.id);
    EXPECT_EQ(as_of, shop.updated_at) << "nobody changed it";
    shop.description = "another";
    shop.updated_at = at(7);
    ASSERT_EQ(outcome(this->databases().update(shop, as_of, app::Destination::same)), ok);
    EXPECT_EQ(seen(), fresh) << "which came in between";
    shop.db_name = "elsewhere";
    ASSERT_EQ(outcome(this->databases().update(shop, this->as_of(shop.id), app::Destination::another)), ok);
    EXPECT_EQ(seen(), std::nullopt) << "nobody has looked there";
    ASSERT_EQ(set(old, fresh), ok);
    EXPECT_EQ(seen(), std::nullopt) << "who looked where it led before";
    EXPECT_EQ(outcome(this->databases().set_seen_server(DatabaseId::generate(), *old, std::nullopt)), ok);
    app::Database known = a_database("known");
    known.seen_server = old;
    ASSERT_EQ(outcome(this->databases().create(known)), ok);
    EXPECT_EQ(this->databases().get(known.id)->seen_server, old);
}

REGISTER_TYPED_TEST_SUITE_P(DatabaseStoreContract, KeepsEveryField, RefusesATakenName,
                            RefusesANameThatLooksLikeAnotherOne, OfThoseThatLookAlikeOneIsTakenInARace,
                            ListsNewestFirstInPages, FindsByPartOfNameOrDescriptionInAnyCase,
                            AnIdFindsThatOne, UpdatesAllButTheTimeOfCreation,
                            RefusesAnUpdateOfWhatWasChangedSinceItWasRead, RefusesAnUpdateThatCannotBe,
                            ProtectionIsSetApartAndOutlivesAnUpdate, KeepsTheServerThatWasSeenThere,
                            RemovesWithItsDefinitionsAndFinishedSyncs, StaysWhileASyncIsActive,
                            LeadsNowhereElseWhileASyncIsActive, FindsThoseThatShareAPlace);

}  // namespace mim::contract
