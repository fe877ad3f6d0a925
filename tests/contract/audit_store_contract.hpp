// What every AuditStore promises.
#pragma once

#include <gtest/gtest.h>

#include "app/model/audit_document.hpp"
#include "app/ports/audit_store.hpp"
#include "contract/outcome.hpp"
#include "contract/samples.hpp"

namespace mim::contract {

template <class Harness>
class AuditStoreContract : public ::testing::Test {
  protected:
    app::AuditStore& audit() { return harness_.audit(); }
    app::AuditEntry added(const std::string& action, std::int64_t seconds) {
        app::AuditEntry entry = an_audit_entry(action, seconds);
        EXPECT_EQ(outcome(audit().append(entry)), ok);
        return entry;
    }
    static std::string actions_of(const std::vector<app::AuditEntry>& entries) {
        std::string actions;
        for (const auto& entry : entries) actions += (actions.empty() ? "" : " ") + entry.action;
        return actions;
    }
    std::string listed(const app::AuditFilter& filter) {
        const auto found = audit().list(filter, {}).value();
        EXPECT_EQ(found.total, static_cast<std::int64_t>(found.items.size()));
        // Both ways of reading see the same.
        auto read = audit().read(filter, std::nullopt, 100).value();
        std::reverse(read.begin(), read.end());
        EXPECT_EQ(actions_of(read), actions_of(found.items));
        return actions_of(found.items);
    }
    std::string begun(std::int64_t before) {
        return actions_of(audit().begun_before(at(before), 10).value());
    }

  private:
    Harness harness_;
};
TYPED_TEST_SUITE_P(AuditStoreContract);

TYPED_TEST_P(AuditStoreContract, KeepsEveryField) {
    const auto full = this->added("index.update", 5);
    app::AuditEntry bare;
    bare.action = "sync.finish";
    ASSERT_EQ(outcome(this->audit().append(bare)), ok);
    const auto found = this->audit().list({}, {}).value();
    ASSERT_EQ(found.items.size(), 2U);
    EXPECT_EQ(app::to_document(found.items[0]), app::to_document(full));
    EXPECT_EQ(app::to_document(found.items[1]), app::to_document(bare));
    EXPECT_EQ(found.items[0].actor.user, full.actor.user);
    EXPECT_EQ(found.items[0].before, full.before);
    EXPECT_EQ(found.items[0].subject, "orders");
    EXPECT_EQ(found.items[0].actor.role, app::Role::editor);
    EXPECT_FALSE(found.items[1].actor.user || found.items[1].database || found.items[1].actor.key);
}

TYPED_TEST_P(AuditStoreContract, AnEntryIsWrittenOnceAndStays) {
    auto entry = this->added("index.create", 5);
    entry.action = "index.delete";
    EXPECT_EQ(outcome(this->audit().append(entry)), "already_exists");
    ASSERT_EQ(outcome(this->audit().withdraw(entry.id)), ok);
    EXPECT_EQ(this->listed({}), "index.create");
}

TYPED_TEST_P(AuditStoreContract, FindsByEachFilterAndAllOfThem) {
    const auto first = this->added("index.create", 1);
    const auto second = this->added("index.update", 2);
    auto third = an_audit_entry("index.delete", 3);
    third.database = first.database;
    third.actor.user = second.actor.user;
    third.outcome = app::AuditOutcome::done;
    ASSERT_EQ(outcome(this->audit().append(third)), ok);
    EXPECT_EQ(this->listed({}), "index.delete index.update index.create");
    EXPECT_EQ(this->listed({.database = first.database}), "index.delete index.create");
    EXPECT_EQ(this->listed({.users = {*second.actor.user}}), "index.delete index.update");
    EXPECT_EQ(this->listed({.users = {*first.actor.user, *second.actor.user, UserId::generate()}}),
              "index.delete index.update index.create");
    EXPECT_EQ(this->listed({.users = {*first.actor.user, UserId::generate()}}), "index.create");
    EXPECT_EQ(this->listed({.action = "index.update"}), "index.update");
    EXPECT_EQ(this->listed({.outcome = app::AuditOutcome::failed}), "index.update index.create");
    EXPECT_EQ(this->listed({.from = at(2)}), "index.delete index.update");
    EXPECT_EQ(this->listed({.to = at(2)}), "index.create");
    EXPECT_EQ(this->listed({.from = at(2), .to = at(3)}), "index.update");
    EXPECT_EQ(this->listed({.database = first.database, .users = {*second.actor.user}}), "index.delete");
    EXPECT_EQ(this->listed({.users = {*second.actor.user}, .action = "index.delete", .from = at(3)}),
              "index.delete");
    EXPECT_EQ(this->listed({.database = first.database, .outcome = app::AuditOutcome::refused}), "");
    EXPECT_EQ(this->listed({.database = DatabaseId::generate()}), "");
}

TYPED_TEST_P(AuditStoreContract, ReadsOnWhereAPartEnded) {
    for (int i = 0; i < 7; ++i) this->added("a" + std::to_string(i), i / 3);  // several in the same moment
    std::string whole = this->actions_of(this->audit().read({}, std::nullopt, 100).value());
    std::string parts;
    std::optional<app::AuditPlace> place;
    for (int turn = 0; turn < 5; ++turn) {
        const auto part = this->audit().read({}, place, 2).value();
        EXPECT_LE(part.size(), 2U);
        if (part.empty()) break;
        parts += (parts.empty() ? "" : " ") + this->actions_of(part);
        place = app::AuditPlace{part.back().at, part.back().id};
    }
    EXPECT_EQ(parts, whole);
    EXPECT_EQ(this->audit().list({}, {.query = "", .page = 2, .limit = 5})->items.size(), 2U);
    EXPECT_EQ(this->audit().list({}, {.query = "", .page = 2, .limit = 5})->total, 7);
}

TYPED_TEST_P(AuditStoreContract, AnIntentWaitsForItsEntry) {
    const auto first = an_audit_entry("sync.submit", 5), second = an_audit_entry("sync.cancel", 6);
    ASSERT_EQ(outcome(this->audit().begin(second)), ok);
    ASSERT_EQ(outcome(this->audit().begin(first)), ok);
    EXPECT_EQ(this->listed({}), "");
    EXPECT_EQ(this->begun(4), "");
    EXPECT_EQ(this->begun(5), "sync.submit");  // began a second before
    EXPECT_EQ(this->begun(100), "sync.submit sync.cancel");
    EXPECT_EQ(this->audit().begun_before(at(100), 1)->size(), 1U);
    EXPECT_EQ(app::to_document(this->audit().begun_before(at(100), 1)->front()), app::to_document(first));
    ASSERT_EQ(outcome(this->audit().append(first)), ok);
    EXPECT_EQ(this->begun(100), "sync.cancel");
    ASSERT_EQ(outcome(this->audit().withdraw(second.id)), ok);
    ASSERT_EQ(outcome(this->audit().withdraw(second.id)), ok);
    EXPECT_EQ(this->begun(100), "");
    EXPECT_EQ(this->listed({}), "sync.submit");
}

REGISTER_TYPED_TEST_SUITE_P(AuditStoreContract, KeepsEveryField, AnEntryIsWrittenOnceAndStays,
                            FindsByEachFilterAndAllOfThem, ReadsOnWhereAPartEnded, AnIntentWaitsForItsEntry);

}  // namespace mim::contract
