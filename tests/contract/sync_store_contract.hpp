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
    const auto first = this->submitted(this->shop());
    const Done second = this->syncs().submit(a_sync(this->other()), {this->shop()});
    EXPECT_EQ(outcome(second), "sync_active");
    EXPECT_NE(second.error().message.find(first.id.text()), std::string::npos) << "which one is told";
    EXPECT_FALSE(this->syncs().active_of(this->other()).value());
    ASSERT_EQ(outcome(this->syncs().request_cancel(first.id, at(2))), ok);
    const std::vector<DatabaseId> with_one_that_is_gone{DatabaseId::generate(), this->shop()};
    EXPECT_EQ(outcome(this->syncs().submit(a_sync(this->other()), with_one_that_is_gone)), ok);
}

TYPED_TEST_P(SyncStoreContract, OfTwoSubmittedAtOnceForOnePlaceOneIsTaken) {
    for (int round = 0; round < 20; ++round) {
        std::latch at_once(2);
        std::vector<std::string> results(2);
        const auto submit = [&](std::size_t at, const DatabaseId& database, const DatabaseId& same_place) {
            const auto sync = a_sync(database);
            at_once.arrive_and_wait();
            results[at] = outcome(this->syncs().submit(sync, {same_place}));
            if (results[at] == ok) {
                EXPECT_EQ(this->syncs().active_of(database).value(), sync.id);
            }
        };
        std::thread one([&] { submit(0, this->shop(), this->other()); });
        std::thread two([&] { submit(1, this->other(), this->shop()); });
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
                            OfManySubmittedAtOnceOneIsTaken, OneActiveSyncOfAPlace,
                            OfTwoSubmittedAtOnceForOnePlaceOneIsTaken, ListsNewestFirstWithoutRecords,
                            CancelsAPendingSyncAtOnce, AsksARunningSyncToStop,
                            AFinishedSyncCannotBeCancelled);

}  // namespace mim::contract
