// What every SyncProgressStore promises.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/database_store.hpp"
#include "app/ports/sync_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class SyncProgressStoreContract : public ::testing::Test {
  protected:
    void SetUp() override {
        const app::Database shop = a_database("shop");
        ASSERT_EQ(outcome(harness_.databases().create(shop)), ok);
        const app::Sync sync = a_sync(shop.id);
        id_ = sync.id;
        ASSERT_EQ(outcome(harness_.syncs().submit(sync, {})), ok);
    }
    app::SyncProgressStore& progress() { return harness_.progress(); }
    const SyncId& id() const { return id_; }
    app::SyncStore& syncs() { return harness_.syncs(); }
    app::Sync stored() { return harness_.syncs().get(id_).value(); }
    void claim(app::Fence fence, std::int64_t when = 2) {
        ASSERT_EQ(outcome(progress().claim(id_, fence, at(when))), ok);
    }
    std::vector<app::SyncRecord> planned(app::Fence fence, const std::vector<std::string>& names) {
        std::vector<app::SyncRecord> records;
        for (const auto& name : names) {
            records.push_back(a_record(name));
            records.back().position = static_cast<int>(records.size()) - 1;
        }
        return progress().plan(id_, fence, records, at(3)).value();
    }
    void write(app::Fence fence, app::SyncRecord record, app::RecordStatus status) {
        record.status = status;
        ASSERT_EQ(outcome(progress().record(id_, fence, record, at(4))), ok);
    }

  private:
    Harness harness_;
    SyncId id_ = SyncId::generate();
};
TYPED_TEST_SUITE_P(SyncProgressStoreContract);

// "0:a/completed 1:b/pending …"
inline std::string text_of(const std::vector<app::SyncRecord>& records) {
    std::string text;
    for (const auto& record : records) {
        text += (text.empty() ? "" : " ") + std::to_string(record.position) + ":" + record.index + "/" +
                std::string(to_string(record.status));
    }
    return text;
}

TYPED_TEST_P(SyncProgressStoreContract, AClaimMakesItRunning) {
    const auto claimed = this->progress().claim(this->id(), 3, at(2));
    ASSERT_EQ(outcome(claimed), ok);
    EXPECT_EQ(claimed->id, this->id());
    EXPECT_EQ(claimed->status, app::SyncStatus::running);
    EXPECT_EQ(claimed->fence, 3);
    EXPECT_EQ(claimed->started_at, at(2));
    EXPECT_EQ(claimed->collections, (std::vector<std::string>{"orders", "people"}));
    EXPECT_EQ(this->stored().status, app::SyncStatus::running);
}

TYPED_TEST_P(SyncProgressStoreContract, ATakeoverKeepsTheStartAndShutsTheOldWorkerOut) {
    this->claim(1, 2);
    const auto records = this->planned(1, {"a"});
    this->claim(2, 9);
    EXPECT_EQ(this->stored().started_at, at(2));
    EXPECT_EQ(outcome(this->progress().claim(this->id(), 1, at(10))), "lease_lost");
    EXPECT_EQ(outcome(this->progress().plan(this->id(), 1, {}, at(10))), "lease_lost");
    EXPECT_EQ(outcome(this->progress().record(this->id(), 1, records[0], at(10))), "lease_lost");
    EXPECT_EQ(outcome(this->progress().signal(this->id(), 1)), "lease_lost");
    EXPECT_EQ(outcome(this->progress().finish(this->id(), 1, app::SyncStatus::failed, "x", at(10))),
              "lease_lost");
    EXPECT_EQ(this->stored().status, app::SyncStatus::running);
    EXPECT_EQ(outcome(this->progress().signal(this->id(), 2)), ok);
}

TYPED_TEST_P(SyncProgressStoreContract, NothingIsWrittenAfterTheEnd) {
    this->claim(1);
    const auto records = this->planned(1, {"a"});
    ASSERT_EQ(outcome(this->progress().finish(this->id(), 1, app::SyncStatus::failed, "why", at(5))), ok);
    EXPECT_EQ(outcome(this->progress().claim(this->id(), 2, at(6))), "lease_lost");
    EXPECT_EQ(outcome(this->progress().plan(this->id(), 1, {}, at(6))), "lease_lost");
    EXPECT_EQ(outcome(this->progress().record(this->id(), 1, records[0], at(6))), "lease_lost");
    EXPECT_EQ(outcome(this->progress().signal(this->id(), 1)), "lease_lost");
    EXPECT_EQ(outcome(this->progress().finish(this->id(), 1, app::SyncStatus::completed, "", at(6))),
              "lease_lost");
    const auto sync = this->stored();
    EXPECT_EQ(sync.status, app::SyncStatus::failed);
    EXPECT_EQ(sync.error, "why");
    EXPECT_EQ(sync.completed_at, at(5));
}

TYPED_TEST_P(SyncProgressStoreContract, StoresThePlanWithEveryField) {
    this->claim(1);
    app::SyncRecord record = a_record("a_1");
    ASSERT_EQ(outcome(this->progress().plan(this->id(), 1, {record, a_record("b_1")}, at(3))), ok);
    const auto sync = this->stored();
    EXPECT_EQ(sync.total_tasks, 2);
    EXPECT_EQ(sync.completed_tasks, 0);
    ASSERT_EQ(sync.records.size(), 2U);
    const auto outline = this->syncs().without_records(this->id());
    ASSERT_EQ(outcome(outline), "ok");
    EXPECT_TRUE(outline->records.empty());
    EXPECT_EQ(outline->status, sync.status);
    EXPECT_EQ(outline->fence, sync.fence);
    EXPECT_EQ(outline->total_tasks, 2);
    const app::SyncRecord& read = sync.records[0];
    EXPECT_EQ(read.position, 0);
    EXPECT_EQ(sync.records[1].position, 1);
    EXPECT_EQ(read.collection, "orders");
    EXPECT_EQ(read.index, "a_1");
    EXPECT_EQ(read.action, index::Action::drop);
    EXPECT_EQ(read.reason, record.reason);
    EXPECT_EQ(read.risk, index::Risk::destructive);
    EXPECT_EQ(read.statement, record.statement);
    EXPECT_EQ(read.definition, record.definition);
    EXPECT_FALSE(read.started_at);
    EXPECT_FALSE(read.completed_at);
    EXPECT_FALSE(read.error);
}

TYPED_TEST_P(SyncProgressStoreContract, WritesOneRecord) {
    this->claim(1);
    auto records = this->planned(1, {"a", "b"});
    app::SyncRecord record = records[1];
    record.status = app::RecordStatus::running;
    record.started_at = at(4);
    record.progress = 40;
    ASSERT_EQ(outcome(this->progress().record(this->id(), 1, record, at(4))), ok);
    EXPECT_EQ(text_of(this->stored().records), "0:a/pending 1:b/running");
    EXPECT_EQ(this->stored().completed_tasks, 0);
    EXPECT_EQ(this->stored().records[1].progress, 40);
    record.status = app::RecordStatus::failed;
    record.completed_at = at(6);
    record.error = ServerReply{86, "IndexKeySpecsConflict", "the name is taken"};
    ASSERT_EQ(outcome(this->progress().record(this->id(), 1, record, at(6))), ok);
    const auto sync = this->stored();
    EXPECT_EQ(text_of(sync.records), "0:a/pending 1:b/failed");
    EXPECT_EQ(sync.records[1].started_at, at(4));
    EXPECT_EQ(sync.records[1].completed_at, at(6));
    EXPECT_EQ(sync.records[1].error, record.error);
    EXPECT_EQ(sync.completed_tasks, 1);
    EXPECT_GT(sync.progress, 0);
    EXPECT_LT(sync.progress, 100);
    EXPECT_EQ(sync.updated_at, at(6));
}

TYPED_TEST_P(SyncProgressStoreContract, KeepsTheErrorAndTheDefinitionBehindARecord) {
    this->claim(1);
    const app::SyncRecord failed = a_failed_record("a_1");
    app::SyncRecord planned = failed;
    planned.status = app::RecordStatus::pending;
    planned.error.reset();
    auto records = this->progress().plan(this->id(), 1, {planned}, at(3)).value();
    EXPECT_EQ(this->stored().records[0].definition_id, failed.definition_id);
    EXPECT_FALSE(this->stored().records[0].error);
    records[0].error = failed.error;
    this->write(1, records[0], app::RecordStatus::failed);
    const auto read = this->stored().records[0];
    EXPECT_EQ(read.definition_id, failed.definition_id);
    EXPECT_EQ(read.error, failed.error);
    EXPECT_EQ(this->progress().claim(this->id(), 2, at(9))->records[0].error, failed.error);
}

TYPED_TEST_P(SyncProgressStoreContract, CountsEveryFinalState) {
    this->claim(1);
    const auto records = this->planned(1, {"a", "b", "c", "d", "e"});
    this->write(1, records[0], app::RecordStatus::completed);
    this->write(1, records[1], app::RecordStatus::failed);
    this->write(1, records[2], app::RecordStatus::skipped);
    this->write(1, records[3], app::RecordStatus::cancelled);
    this->write(1, records[4], app::RecordStatus::running);
    EXPECT_EQ(this->stored().completed_tasks, 4);
    EXPECT_EQ(this->stored().total_tasks, 5);
}

TYPED_TEST_P(SyncProgressStoreContract, WhatWasCancelledGotNoFurther) {
    this->claim(1);
    const auto records = this->planned(1, {"a", "b"});
    this->write(1, records[0], app::RecordStatus::cancelled);
    this->write(1, records[1], app::RecordStatus::cancelled);
    EXPECT_EQ(this->stored().progress, 0);
    ASSERT_EQ(outcome(this->progress().finish(this->id(), 1, app::SyncStatus::cancelled, "", at(9))), ok);
    EXPECT_EQ(this->stored().progress, 0);
    EXPECT_EQ(this->stored().completed_tasks, 2);
}

TYPED_TEST_P(SyncProgressStoreContract, ANewPlanReplacesOnlyWhatIsUnfinished) {
    this->claim(1);
    const auto records = this->planned(1, {"a", "b", "c", "d"});
    this->write(1, records[0], app::RecordStatus::completed);
    this->write(1, records[1], app::RecordStatus::running);
    this->write(1, records[2], app::RecordStatus::failed);
    const auto taken_over = this->progress().claim(this->id(), 2, at(5));
    ASSERT_EQ(outcome(taken_over), ok);
    EXPECT_EQ(text_of(taken_over->records), "0:a/completed 1:b/running 2:c/failed 3:d/pending");
    const auto replanned = this->planned(2, {"b", "e"});
    EXPECT_EQ(text_of(replanned), "0:a/completed 1:c/failed 2:b/pending 3:e/pending");
    EXPECT_EQ(text_of(this->stored().records), "0:a/completed 1:c/failed 2:b/pending 3:e/pending");
    EXPECT_EQ(this->stored().total_tasks, 4);
    EXPECT_EQ(this->stored().completed_tasks, 2);
    this->write(2, replanned[2], app::RecordStatus::completed);
    EXPECT_EQ(text_of(this->stored().records), "0:a/completed 1:c/failed 2:b/completed 3:e/pending");
    EXPECT_EQ(text_of(this->planned(2, {})), "0:a/completed 1:c/failed 2:b/completed");
}

TYPED_TEST_P(SyncProgressStoreContract, EndsWithNothingToDo) {
    this->claim(1);
    EXPECT_TRUE(this->planned(1, {}).empty());
    ASSERT_EQ(outcome(this->progress().finish(this->id(), 1, app::SyncStatus::completed, "", at(9))), ok);
    const auto sync = this->stored();
    EXPECT_EQ(sync.status, app::SyncStatus::completed);
    EXPECT_EQ(sync.progress, 100);
    EXPECT_EQ(sync.total_tasks, 0);
    EXPECT_EQ(sync.completed_at, at(9));
    EXPECT_EQ(sync.error, "");
}

TYPED_TEST_P(SyncProgressStoreContract, CountsWhatTakeoversCostThatGotItNoFurther) {
    const auto count = [this](app::Fence fence, int cost = 1) {
        const auto counted = this->progress().count_takeover(this->id(), fence, cost, at(5));
        return counted ? *counted : -1;
    };
    this->claim(1);
    this->claim(2);
    EXPECT_EQ(count(2), 1) << "before anything was planned";
    EXPECT_EQ(outcome(this->progress().count_takeover(this->id(), 1, 1, at(5))), "lease_lost");
    const auto records = this->planned(2, {"a", "b"});
    this->write(2, records[0], app::RecordStatus::completed);
    this->claim(3);
    EXPECT_EQ(count(3), 1) << "the second got further";
    this->write(3, this->planned(3, {"b"})[1], app::RecordStatus::running);
    this->claim(4);
    EXPECT_EQ(count(4), 2) << "it began something, and that is all";
    this->claim(5);
    EXPECT_EQ(count(5, 6), 8);
    this->write(5, this->planned(5, {"b"})[1], app::RecordStatus::failed);
    this->claim(6);
    EXPECT_EQ(count(6, 6), 6) << "a failure is an end, too";
}

REGISTER_TYPED_TEST_SUITE_P(SyncProgressStoreContract, AClaimMakesItRunning,
                            ATakeoverKeepsTheStartAndShutsTheOldWorkerOut, NothingIsWrittenAfterTheEnd,
                            StoresThePlanWithEveryField, WritesOneRecord,
                            KeepsTheErrorAndTheDefinitionBehindARecord, CountsEveryFinalState,
                            WhatWasCancelledGotNoFurther, ANewPlanReplacesOnlyWhatIsUnfinished,
                            EndsWithNothingToDo, CountsWhatTakeoversCostThatGotItNoFurther);

}  // namespace mim::contract
