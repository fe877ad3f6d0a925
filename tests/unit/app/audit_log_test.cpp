#include "app/audit_log.hpp"

#include <gtest/gtest.h>

#include "app/audited_progress.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "fakes/manual_clock.hpp"
#include "fakes/memory_store.hpp"

namespace mim::app {
namespace {

using contract::ok;
using contract::outcome;
using namespace std::chrono_literals;

class AuditLogTest : public ::testing::Test {
  protected:
    AuditLogTest() { EXPECT_EQ(outcome(store_.users().create(ada_)), ok); }
    AuditEntry entry(const std::string& action) const {
        AuditEntry made;
        made.action = action;
        made.actor.user = ada_.id;
        return made;
    }
    // "sync.finish unknown; index.create done"
    std::string listed(const AuditQuery& query = {}) {
        std::string text;
        for (const AuditEntry& each : log_.list(query, {}).value().items)
            text += (text.empty() ? "" : "; ") + each.action + " " + std::string(to_string(each.outcome));
        return text;
    }

    fakes::ManualClock clock_;
    fakes::MemoryStore store_{clock_};
    AuditLog log_{{store_.audit(), store_.users(), clock_}};
    User ada_ = contract::a_user("Ada");
};

TEST_F(AuditLogTest, AnOutcomeTellsWhoAndWhen) {
    auto made = entry("index.create");
    ASSERT_EQ(outcome(log_.begin(made)), ok);
    clock_.advance(3s);
    made.outcome = AuditOutcome::done;
    made.after = "{\"a\":\n1}";
    ASSERT_EQ(outcome(log_.complete(made)), ok);
    const auto found = log_.list({}, {}).value().items.at(0);
    EXPECT_EQ(found.actor.username, "Ada");
    EXPECT_EQ(found.began_at, fakes::ManualClock::start);
    EXPECT_EQ(found.at, fakes::ManualClock::start + 3s);
    EXPECT_EQ(found.after, "{\"a\": 1}");  // one line, for the export
}

TEST_F(AuditLogTest, WhatNobodyEndedBecomesUnknown) {
    auto made = entry("sync.submit");
    ASSERT_EQ(outcome(log_.begin(made)), ok);
    clock_.advance(AuditLog::patience);
    EXPECT_EQ(listed(), "");
    clock_.advance(1ms);
    EXPECT_EQ(listed(), "sync.submit unknown");
    EXPECT_EQ(listed(), "sync.submit unknown");
    // It ends after all: the outcome is not lost either.
    made.outcome = AuditOutcome::done;
    ASSERT_EQ(outcome(log_.complete(made)), ok);
    clock_.advance(1ms);
    EXPECT_EQ(log_.list({}, {})->total, 2);
}

TEST_F(AuditLogTest, WhatNobodyEndedIsSettledThoughNobodyReads) {
    auto made = entry("sync.submit");
    ASSERT_EQ(outcome(log_.begin(made)), ok);
    const auto left = [&] { return store_.audit().begun_before(clock_.now(), 9).value().size(); };
    clock_.advance(AuditLog::patience);
    ASSERT_EQ(outcome(log_.settle()), ok);
    EXPECT_EQ(left(), 1U);
    clock_.advance(1ms);
    ASSERT_EQ(outcome(log_.settle()), ok);
    EXPECT_EQ(left(), 0U);
    EXPECT_EQ(store_.audit().read({}, std::nullopt, 9)->size(), 1U);
}

TEST_F(AuditLogTest, AnOutcomeThatCannotBeWrittenIsNotForgotten) {
    auto made = entry("database.delete");
    ASSERT_EQ(outcome(log_.begin(made)), ok);
    store_.faults().fail_all("audit.append", Error{ErrorCode::store_failed, "full"});
    made.outcome = AuditOutcome::done;
    EXPECT_EQ(outcome(log_.complete(made)), "store_failed");
    store_.faults().heal();
    clock_.advance(AuditLog::patience + 1ms);
    EXPECT_EQ(listed(), "database.delete unknown");
}

TEST_F(AuditLogTest, WhatWasWithdrawnLeavesNothing) {
    auto made = entry("index.create");
    ASSERT_EQ(outcome(log_.begin(made)), ok);
    ASSERT_EQ(outcome(log_.withdraw(made.id)), ok);
    clock_.advance(AuditLog::patience * 2);
    EXPECT_EQ(listed(), "");
}

TEST_F(AuditLogTest, FindsAUserByIdAndByName) {
    auto made = entry("index.create");
    made.outcome = AuditOutcome::done;
    ASSERT_EQ(outcome(log_.complete(made)), ok);
    for (const std::string& who : {ada_.id.text(), std::string("ada"), std::string("ADA@example.org")})
        EXPECT_EQ(listed({.user = who}), "index.create done") << who;
    EXPECT_EQ(listed({.user = "nobody"}), "");
    EXPECT_TRUE(log_.read({.user = "nobody"}, std::nullopt, 9)->entries.empty());
}

TEST_F(AuditLogTest, FindsWhoeverHadTheNameAndTellsItOfWhoIsGone) {
    const User former = contract::a_user("Bob"), present = contract::a_user("bob");
    const auto acts = [&](const User& user, const std::string& action) {
        AuditEntry made;
        made.action = action;
        made.actor.user = user.id;
        made.outcome = AuditOutcome::done;
        clock_.advance(1ms);
        EXPECT_EQ(outcome(log_.complete(made)), ok);
    };
    ASSERT_EQ(outcome(store_.users().create(former)), ok);
    acts(former, "index.create");
    AuditEntry deletion = entry("account.delete");
    deletion.outcome = AuditOutcome::done;
    deletion.before =
        R"({"id":")" + former.id.text() + R"(","username":"Bob","email":"Old@example.org","role":"editor"})";
    ASSERT_EQ(outcome(store_.users().remove(ada_.id, contract::a_discard())), ok);
    ASSERT_EQ(outcome(store_.users().remove(former.id, contract::a_discard())), ok);
    ASSERT_EQ(outcome(log_.complete(deletion)), ok);
    acts(former, "sync.finish");
    EXPECT_EQ(log_.list({.user = former.id.text()}, {})->items.at(0).actor.username, "Bob");
    for (const std::string& who : {former.id.text(), std::string("bOB"), std::string("old@Example.org")})
        EXPECT_EQ(listed({.user = who}), "sync.finish done; index.create done") << who;

    ASSERT_EQ(outcome(store_.users().create(present)), ok);
    acts(present, "index.update");
    EXPECT_EQ(listed({.user = "BOB"}), "index.update done; sync.finish done; index.create done");
    EXPECT_EQ(listed({.user = present.id.text()}), "index.update done");
    EXPECT_EQ(listed({.user = "old@example.org"}), "sync.finish done; index.create done");
    EXPECT_EQ(log_.read({.user = "bob"}, std::nullopt, 9)->entries.size(), 3U);
}

TEST_F(AuditLogTest, ExportsInPartsOfBoundedSize) {
    const std::string large = "{\"text\":\"" + std::string(60'000, 'x') + "\"}";
    for (int i = 0; i < 250; ++i) {
        auto made = entry("index.update");
        made.outcome = AuditOutcome::done;
        made.before = large;
        clock_.advance(1ms);
        ASSERT_EQ(outcome(log_.complete(made)), ok);
    }
    std::size_t seen = 0, parts = 0;
    std::optional<AuditPlace> place;
    do {
        const auto part = log_.read({}, place, 1'000).value();
        EXPECT_LE(part.entries.size(), 200U);  // not all at once: they are large
        seen += part.entries.size();
        place = part.next;
    } while (place && ++parts < 9);
    EXPECT_EQ(seen, 250U);
    EXPECT_GE(parts, 1U);
}

TEST_F(AuditLogTest, LeavesOutWhatIsTooLarge) {
    auto made = entry("index.update");
    made.outcome = AuditOutcome::done;
    made.before = std::string(AuditLog::longest_detail + 1, ' ');
    ASSERT_EQ(outcome(log_.complete(made)), ok);
    EXPECT_EQ(log_.list({}, {})->items[0].before, R"({"left_out_bytes":65537})");
}

class AuditedProgressTest : public AuditLogTest {
  protected:
    AuditedProgressTest() {
        sync_.requested_by = ada_.id;
        EXPECT_EQ(outcome(store_.databases().create(shop_)), ok);
        EXPECT_EQ(outcome(store_.syncs().submit(sync_, {})), ok);
        EXPECT_EQ(outcome(progress_.claim(sync_.id, 3, clock_.now())), ok);
        const auto planned =
            progress_.plan(sync_.id, 3, {contract::a_record("a"), contract::a_record("b")}, clock_.now());
        auto record = planned.value().front();
        record.status = RecordStatus::completed;
        EXPECT_EQ(outcome(progress_.record(sync_.id, 3, record, clock_.now())), ok);
    }
    std::string finish(Fence fence, SyncStatus status) {
        return outcome(progress_.finish(sync_.id, fence, status, "why", clock_.now()));
    }

    Database shop_ = contract::a_database("shop");
    Sync sync_ = contract::a_sync(shop_.id);
    AuditedProgress progress_{store_.progress(), log_, silent_logger()};
};

TEST_F(AuditedProgressTest, TellsTheEndOfASyncAndForWhomItWas) {
    ASSERT_EQ(finish(3, SyncStatus::failed), ok);
    const auto found = log_.list({}, {}).value().items.at(0);
    EXPECT_EQ(found.action, "sync.finish");
    EXPECT_EQ(found.outcome, AuditOutcome::failed);
    EXPECT_EQ(found.actor.username, "Ada");
    EXPECT_EQ(found.database, shop_.id);
    EXPECT_EQ(found.subject, sync_.id.text());
    EXPECT_NE(found.after.find("\"status\" : \"failed\""), std::string::npos) << found.after;
    EXPECT_NE(found.after.find("\"completed_operations\" : 1"), std::string::npos) << found.after;
    EXPECT_NE(found.after.find(sync_.id.text()), std::string::npos);
}

TEST_F(AuditedProgressTest, WithoutAnAnnouncementTheSyncDoesNotEnd) {
    store_.faults().fail_all("audit.begin", Error{ErrorCode::store_failed, "full"});
    EXPECT_EQ(finish(3, SyncStatus::completed), "store_failed");
    EXPECT_EQ(store_.syncs().get(sync_.id)->status, SyncStatus::running);
}

TEST_F(AuditedProgressTest, AWorkerThatLostItsLeaseLeavesNoTrace) {
    EXPECT_EQ(finish(2, SyncStatus::completed), "lease_lost");
    clock_.advance(AuditLog::patience * 2);
    EXPECT_EQ(listed(), "");
}

TEST_F(AuditedProgressTest, AnEndWhoseOutcomeIsLostShowsAsUnknown) {
    store_.faults().fail_all("audit.append", Error{ErrorCode::store_failed, "full"});
    EXPECT_EQ(finish(3, SyncStatus::completed), ok);
    store_.faults().heal();
    clock_.advance(AuditLog::patience * 2);
    EXPECT_EQ(listed(), "sync.finish unknown");
}

}  // namespace
}  // namespace mim::app
