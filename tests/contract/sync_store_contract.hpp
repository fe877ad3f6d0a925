// What every SyncStore promises.
#pragma once

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "app/ports/database_store.hpp"
#include "app/ports/sync_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class SyncStoreContract : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(outcome(harness_.databases().create(shop_)), ok);
        ASSERT_EQ(outcome(harness_.databases().create(other_)), ok);
    }
    app::SyncStore& syncs() { return harness_.syncs(); }
    app::SyncProgressStore& progress() { return harness_.progress(); }
    const DatabaseId& shop() const { return shop_.id; }
    const DatabaseId& other() const { return other_.id; }
    app::DatabaseStore& databases() { return harness_.databases(); }
    static app::Place place(const std::string& db_name) {
        return {.hosts = {"db.example.org:27017"}, .db_name = db_name};
    }
    // As its owner leads it elsewhere while nobody syncs it.
    std::string lead(const DatabaseId& id, const app::Place& where) {
        app::Database database = databases().get(id).value();
        const Timestamp as_of = database.updated_at;
        database.place = where;
        database.updated_at = as_of + std::chrono::milliseconds{1};
        return outcome(databases().update(database, as_of, app::Destination::another));
    }
    app::Sync submitted(const DatabaseId& database, std::int64_t when = 1) {
        app::Sync sync = a_sync(database, when);
        EXPECT_EQ(outcome(syncs().submit(sync, {})), ok);
        return sync;
    }
    app::Sync finished(const DatabaseId& database, std::int64_t when) {
        app::Sync sync = submitted(database, when);
        EXPECT_EQ(outcome(progress().claim(sync.id, 1, at(when))), ok);
        EXPECT_EQ(outcome(progress().finish(sync.id, 1, app::SyncStatus::completed, "", at(when))), ok);
        return sync;
    }

  private:
    Harness harness_;
    app::Database shop_ = a_database("shop");
    app::Database other_ = a_database("other");
};
TYPED_TEST_SUITE_P(SyncStoreContract);

TYPED_TEST_P(SyncStoreContract, KeepsWhatWasAskedFor) {
    app::Sync sync = a_sync(this->shop());
    sync.options = {.missing = index::MissingChoice::leave,
                    .extra = index::ExtraChoice::import_to_registry,
                    .changed = index::ChangedChoice::take_into_registry,
                    .drop_mode = index::DropMode::hide,
                    .names = index::NamePolicy::strict,
                    .fingerprint = "f00",
                    .on_failure = app::OnFailure::carry_on};
    sync.requested_by = UserId::generate();
    sync.requested_as = app::Role::admin;
    sync.collections = {"zebra", "apple"};
    sync.restoration = a_restoration();
    ASSERT_EQ(outcome(this->syncs().submit(sync, {})), ok);
    const auto read = this->syncs().get(sync.id);
    ASSERT_EQ(outcome(read), ok);
    EXPECT_EQ(read->id, sync.id);
    EXPECT_EQ(read->database, this->shop());
    EXPECT_EQ(read->created_at, at(1));
    EXPECT_EQ(read->collections, sync.collections);
    EXPECT_EQ(read->options.missing, index::MissingChoice::leave);
    EXPECT_EQ(read->options.extra, index::ExtraChoice::import_to_registry);
    EXPECT_EQ(read->options.changed, index::ChangedChoice::take_into_registry);
    EXPECT_EQ(read->options.drop_mode, index::DropMode::hide);
    EXPECT_EQ(read->options.on_failure, app::OnFailure::carry_on);
    EXPECT_EQ(read->options.names, index::NamePolicy::strict);
    EXPECT_EQ(read->options.fingerprint, "f00");
    EXPECT_EQ(read->requested_by, sync.requested_by);
    EXPECT_EQ(read->requested_as, app::Role::admin);
    EXPECT_EQ(read->restoration, sync.restoration);
    EXPECT_FALSE(this->syncs().get(this->submitted(this->other()).id)->restoration);
}

TYPED_TEST_P(SyncStoreContract, StartsPending) {
    const auto sync = this->submitted(this->shop());
    const auto read = this->syncs().get(sync.id);
    ASSERT_EQ(outcome(read), ok);
    EXPECT_EQ(read->status, app::SyncStatus::pending);
    EXPECT_EQ(read->progress, 0);
    EXPECT_EQ(read->total_tasks, 0);
    EXPECT_EQ(read->completed_tasks, 0);
    EXPECT_EQ(read->error, "");
    EXPECT_FALSE(read->started_at);
    EXPECT_FALSE(read->completed_at);
    EXPECT_FALSE(read->options.fingerprint);
    EXPECT_FALSE(read->requested_by);
    EXPECT_EQ(read->requested_as, app::Role::editor);
    EXPECT_TRUE(read->records.empty());
}

TYPED_TEST_P(SyncStoreContract, NeedsItsDatabaseAndKnowsItsSyncs) {
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(DatabaseId::generate()), {})), "not_found");
    EXPECT_EQ(outcome(this->syncs().get(SyncId::generate())), "not_found");
    EXPECT_EQ(outcome(this->syncs().without_records(SyncId::generate())), "not_found");
    EXPECT_EQ(outcome(this->syncs().request_cancel(SyncId::generate(), at(1))), "not_found");
}

TYPED_TEST_P(SyncStoreContract, OneActiveSyncOfADatabase) {
    const auto first = this->submitted(this->shop());
    const Done second = this->syncs().submit(a_sync(this->shop()), {});
    EXPECT_EQ(outcome(second), "sync_active");
    EXPECT_NE(second.error().message.find(first.id.text()), std::string::npos) << "which one is told";
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->other()), {})), ok);
    ASSERT_EQ(outcome(this->progress().claim(first.id, 1, at(2))), ok);
    EXPECT_EQ(this->syncs().count_active().value(), 2);
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->shop()), {})), "sync_active");
    EXPECT_EQ(this->syncs().active_of(this->shop()).value(), first.id);
    ASSERT_EQ(outcome(this->progress().finish(first.id, 1, app::SyncStatus::failed, "x", at(3))), ok);
    EXPECT_FALSE(this->syncs().active_of(this->shop()).value());
    EXPECT_EQ(this->syncs().count_active().value(), 1);
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->shop()), {})), ok);
}

TYPED_TEST_P(SyncStoreContract, OfManySubmittedAtOnceOneIsTaken) {
    std::atomic<int> taken{0};
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const std::string result = outcome(this->syncs().submit(a_sync(this->shop()), {}));
            if (result == ok) ++taken;
            if (result == "sync_active") ++refused;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(refused, 7);
}

TYPED_TEST_P(SyncStoreContract, OneActiveSyncOfAPlace) {
    const auto place = this->place("shop");
    for (const DatabaseId& each : {this->shop(), this->other()}) ASSERT_EQ(this->lead(each, place), ok);
    const auto first = a_sync(this->shop());
    ASSERT_EQ(outcome(this->syncs().submit(first, place)), ok);
    const Done second = this->syncs().submit(a_sync(this->other()), place);
    EXPECT_EQ(outcome(second), "sync_active");
    EXPECT_NE(second.error().message.find(first.id.text()), std::string::npos) << "which one is told";
    EXPECT_FALSE(this->syncs().active_of(this->other()).value());
    ASSERT_EQ(outcome(this->syncs().request_cancel(first.id, at(2))), ok);
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->other()), place)), ok);
}

TYPED_TEST_P(SyncStoreContract, IsOfThePlaceThatWasSeen) {
    const auto here = this->place("shop"), elsewhere = this->place("elsewhere");
    ASSERT_EQ(this->lead(this->shop(), here), ok);
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->shop()), elsewhere)), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->shop()), {})), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->other()), here)), "not_allowed_in_state");
    EXPECT_EQ(this->syncs().count_active().value(), 0);
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->shop()), here)), ok);
    // Whoever submits for the other read it before it was led here.
    ASSERT_EQ(this->lead(this->other(), here), ok);
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->other()), {})), "not_allowed_in_state");
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->other()), here)), "sync_active");
    EXPECT_EQ(this->lead(this->shop(), elsewhere), "sync_active");
}

// One is led to the place of the other, is submitted for, or both, while the other is submitted for.
TYPED_TEST_P(SyncStoreContract, HoweverDatabasesAreLedOneSyncOfAPlaceIsTaken) {
    const auto here = this->place("shop"), elsewhere = this->place("elsewhere");
    ASSERT_EQ(this->lead(this->shop(), here), ok);
    for (int round = 0; round < 20; ++round) {
        ASSERT_EQ(this->lead(this->other(), elsewhere), ok);
        std::latch at_once(3);
        const auto submit = [&](const DatabaseId& database, const app::Place& place) {
            const auto sync = a_sync(database);
            at_once.arrive_and_wait();
            static_cast<void>(this->syncs().submit(sync, place));
        };
        std::thread one([&] { submit(this->shop(), here); });
        std::thread two([&] {
            submit(this->other(), elsewhere);
            static_cast<void>(this->syncs().submit(a_sync(this->other()), here));
        });
        std::thread three([&] {
            at_once.arrive_and_wait();
            static_cast<void>(this->lead(this->other(), here));
        });
        for (auto* thread : {&one, &two, &three}) thread->join();
        const auto of_shop = this->syncs().active_of(this->shop()).value();
        const auto of_other = this->syncs().active_of(this->other()).value();
        EXPECT_TRUE(of_shop || of_other);
        if (this->databases().get(this->other())->place == here) {
            EXPECT_FALSE(of_shop && of_other) << "two syncs of one place";
        }
        for (const auto& active : {of_shop, of_other}) {
            if (active) {
                ASSERT_EQ(outcome(this->syncs().request_cancel(*active, at(2))), ok);
            }
        }
    }
}

TYPED_TEST_P(SyncStoreContract, OfTwoSubmittedAtOnceForOnePlaceOneIsTaken) {
    const auto place = this->place("shop");
    for (const DatabaseId& each : {this->shop(), this->other()}) ASSERT_EQ(this->lead(each, place), ok);
    for (int round = 0; round < 20; ++round) {
        std::latch at_once(2);
        std::vector<std::string> results(2);
        const auto submit = [&](std::size_t at, const DatabaseId& database) {
            const auto sync = a_sync(database);
            at_once.arrive_and_wait();
            results[at] = outcome(this->syncs().submit(sync, place));
            if (results[at] == ok) {
                EXPECT_EQ(this->syncs().active_of(database).value(), sync.id);
            }
        };
        std::thread one([&] { submit(0, this->shop()); });
        std::thread two([&] { submit(1, this->other()); });
        one.join();
        two.join();
        std::ranges::sort(results);
        ASSERT_EQ(results, (std::vector<std::string>{ok, "sync_active"}));
        for (const DatabaseId& each : {this->shop(), this->other()}) {
            const auto active = this->syncs().active_of(each).value();
            if (active) {
                ASSERT_EQ(outcome(this->syncs().request_cancel(*active, at(2))), ok);
            }
        }
    }
}

TYPED_TEST_P(SyncStoreContract, ListsNewestFirstWithoutRecords) {
    const auto first = this->finished(this->shop(), 1);
    const auto second = this->finished(this->shop(), 2);
    this->finished(this->other(), 3);
    const auto third = this->submitted(this->shop(), 4);
    ASSERT_EQ(outcome(this->progress().claim(third.id, 1, at(5))), ok);
    ASSERT_EQ(outcome(this->progress().plan(third.id, 1, {a_record("a")}, at(5))), ok);
    const auto all = this->syncs().list(this->shop(), {});
    ASSERT_EQ(outcome(all), ok);
    ASSERT_EQ(all->items.size(), 3U);
    EXPECT_EQ(all->total, 3);
    EXPECT_EQ(all->items[0].id, third.id);
    EXPECT_EQ(all->items[1].id, second.id);
    EXPECT_EQ(all->items[2].id, first.id);
    EXPECT_EQ(all->items[0].total_tasks, 1);
    EXPECT_TRUE(all->items[0].records.empty());
    EXPECT_EQ(all->items[0].collections, third.collections);
    const auto second_page = this->syncs().list(this->shop(), {.query = "", .page = 2, .limit = 2});
    ASSERT_EQ(second_page->items.size(), 1U);
    EXPECT_EQ(second_page->items[0].id, first.id);
}

TYPED_TEST_P(SyncStoreContract, CancelsAPendingSyncAtOnce) {
    const auto sync = this->submitted(this->shop());
    ASSERT_EQ(outcome(this->syncs().request_cancel(sync.id, at(6))), ok);
    const auto read = this->syncs().get(sync.id);
    EXPECT_EQ(read->status, app::SyncStatus::cancelled);
    EXPECT_EQ(read->completed_at, at(6));
    EXPECT_FALSE(this->syncs().active_of(this->shop()).value());
    EXPECT_EQ(outcome(this->progress().claim(sync.id, 1, at(7))), "lease_lost");
    EXPECT_EQ(outcome(this->syncs().request_cancel(sync.id, at(8))), "not_allowed_in_state");
}

TYPED_TEST_P(SyncStoreContract, AsksARunningSyncToStop) {
    const auto sync = this->submitted(this->shop());
    ASSERT_EQ(outcome(this->progress().claim(sync.id, 1, at(2))), ok);
    EXPECT_EQ(this->progress().signal(sync.id, 1).value(), app::SyncSignal::go_on);
    EXPECT_EQ(outcome(this->syncs().request_cancel(sync.id, at(3))), ok);
    EXPECT_EQ(outcome(this->syncs().request_cancel(sync.id, at(3))), ok);
    EXPECT_EQ(this->syncs().get(sync.id)->status, app::SyncStatus::running);
    EXPECT_EQ(this->progress().signal(sync.id, 1).value(), app::SyncSignal::cancel);
    ASSERT_EQ(outcome(this->progress().claim(sync.id, 2, at(4))), ok);  // also after a takeover
    EXPECT_EQ(this->progress().signal(sync.id, 2).value(), app::SyncSignal::cancel);
}

TYPED_TEST_P(SyncStoreContract, AFinishedSyncCannotBeCancelled) {
    const auto sync = this->finished(this->shop(), 1);
    EXPECT_EQ(outcome(this->syncs().request_cancel(sync.id, at(3))), "not_allowed_in_state");
    EXPECT_EQ(this->syncs().get(sync.id)->status, app::SyncStatus::completed);
}

REGISTER_TYPED_TEST_SUITE_P(SyncStoreContract, KeepsWhatWasAskedFor, StartsPending,
                            NeedsItsDatabaseAndKnowsItsSyncs, OneActiveSyncOfADatabase,
                            OfManySubmittedAtOnceOneIsTaken, OneActiveSyncOfAPlace, IsOfThePlaceThatWasSeen,
                            HoweverDatabasesAreLedOneSyncOfAPlaceIsTaken,
                            OfTwoSubmittedAtOnceForOnePlaceOneIsTaken, ListsNewestFirstWithoutRecords,
                            CancelsAPendingSyncAtOnce, AsksARunningSyncToStop,
                            AFinishedSyncCannotBeCancelled);

}  // namespace mim::contract
