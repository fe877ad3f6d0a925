#include "app/protection.hpp"

#include <gtest/gtest.h>

#include "world.hpp"

namespace mim::app {
namespace {

constexpr const char* refused = "protected_database";

// A protected database whose plan drops `people.b_1` and builds `people.a_1`.
class ProtectionTest : public ::testing::Test {
  protected:
    void SetUp() override {
        world_.define(shop_, "people", spec_of(R"({"a":1})"));
        world_.seed("people", spec_of(R"({"b":1})"));
        protect();
    }
    void protect() {
        ASSERT_EQ(outcome(world_.store.databases().set_protection(shop_, Protection::on, world_.clock.now())),
                  ok);
    }
    void unprotect() {
        ASSERT_EQ(
            outcome(world_.store.databases().set_protection(shop_, Protection::off, world_.clock.now())), ok);
    }
    SyncOptions seen(SyncOptions options = {}) {
        options.fingerprint =
            world_.comparisons.plan({.database = shop_, .collections = {}}, options)->fingerprint;
        return options;
    }
    static SyncOptions without_drops() {
        SyncOptions options;
        options.extra = index::ExtraChoice::leave;
        return options;
    }
    Result<SyncId> submit(Role as, const SyncOptions& options) {
        return world_.syncs.submit(
            {.database = shop_, .collections = {}, .options = options, .requested_as = as});
    }
    std::string end_of(const Result<SyncId>& id) {
        EXPECT_EQ(outcome(id), ok);
        EXPECT_EQ(world_.work(), RunOutcome::finished);
        const Sync ended = world_.sync(*id);
        return std::string(to_string(ended.status)) + (ended.error.empty() ? "" : ": " + ended.error);
    }
    DatabaseDraft draft() {
        const Database stored = world_.databases.get(shop_).value();
        return {stored.name, stored.description, stored.uri, stored.db_name, std::nullopt};
    }
    Result<Change<Database>> update(const DatabaseDraft& draft, Role as) {
        return world_.databases.update(shop_, draft, ConnectionTest::skip, as, Credential::access_token);
    }

    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(ProtectionTest, EverySyncNeedsTheFingerprintOfItsPlan) {
    for (const Role role : {Role::admin, Role::editor}) {
        EXPECT_TRUE(names_field(submit(role, {}), "fingerprint"));
        EXPECT_TRUE(names_field(submit(role, without_drops()), "fingerprint"));
    }
    EXPECT_EQ(end_of(submit(Role::admin, seen())), "completed");
    EXPECT_EQ(world_.live("people"), "a_1");
}

TEST_F(ProtectionTest, AnEditorMayBuildButNotTakeAway) {
    EXPECT_EQ(outcome(submit(Role::editor, seen())), refused);
    SyncOptions hiding;
    hiding.drop_mode = index::DropMode::hide;
    EXPECT_EQ(outcome(submit(Role::editor, seen(hiding))), refused);
    SyncOptions forgetting = without_drops();
    forgetting.missing = index::MissingChoice::remove_from_registry;
    EXPECT_EQ(outcome(submit(Role::editor, seen(forgetting))), refused);
    EXPECT_EQ(end_of(submit(Role::editor, seen(without_drops()))), "completed");
    EXPECT_EQ(world_.live("people"), "a_1 b_1");
    EXPECT_EQ(world_.registry(shop_, "people"), "a_1");
}

// What was allowed when it was submitted is judged again when it runs.
TEST_F(ProtectionTest, HoldsForWhatWasSubmittedBefore) {
    unprotect();
    const auto editors = submit(Role::editor, seen());
    protect();
    EXPECT_TRUE(end_of(editors).starts_with("failed: The database is protected"))
        << world_.sync(*editors).error;
    unprotect();
    const auto blind = submit(Role::admin, {});
    protect();
    EXPECT_TRUE(end_of(blind).starts_with("failed: The database is protected")) << world_.sync(*blind).error;
    EXPECT_EQ(world_.live("people"), "b_1");
    EXPECT_TRUE(world_.sync(*editors).records.empty());
}

TEST_F(ProtectionTest, TheWorkerRefusesAPlanThatBecameAnother) {
    const auto id = submit(Role::editor, seen(without_drops()));
    world_.define(shop_, "people", spec_of(R"({"c":1})", R"({"expireAfterSeconds":1})"));
    EXPECT_TRUE(end_of(id).starts_with("failed: The plan changed")) << world_.sync(*id).error;
    EXPECT_EQ(world_.live("people"), "b_1");
}

// After a takeover the fingerprint cannot hold any more; the plan that was stored does.
TEST_F(ProtectionTest, ATakeoverTakesNothingAwayThatWasNotPlanned) {
    const auto id = submit(Role::admin, seen());
    const Lease lease = **world_.store.queue().lease("first", std::chrono::seconds{30});
    ASSERT_EQ(outcome(world_.store.progress().claim(*id, lease.fence, world_.clock.now())), ok);
    SyncRecord built, dropped;
    built.collection = dropped.collection = "people";
    built.index = "a_1";
    built.definition = spec_of(R"({"a":1})").to_document();
    dropped.index = "b_1";
    dropped.action = index::Action::drop;
    ASSERT_EQ(outcome(world_.store.progress().plan(*id, lease.fence, {built, dropped}, world_.clock.now())),
              ok);
    built.status = RecordStatus::completed;
    ASSERT_EQ(outcome(world_.store.progress().record(*id, lease.fence, built, world_.clock.now())), ok);
    world_.seed("people", spec_of(R"({"a":1})"));
    world_.seed("people", spec_of(R"({"by_hand":1})"));
    ASSERT_EQ(outcome(world_.store.queue().hand_back(lease, {})), ok);
    EXPECT_NE(end_of(id).find("by_hand_1 was not in the plan that was seen"), std::string::npos)
        << world_.sync(*id).error;
    EXPECT_EQ(world_.live("people"), "a_1 b_1 by_hand_1");
}

TEST_F(ProtectionTest, RetryIsNoWayRound) {
    const auto id = submit(Role::admin, seen());
    ASSERT_EQ(outcome(world_.syncs.cancel(*id)), ok);
    EXPECT_TRUE(names_field(world_.syncs.retry({.sync = *id, .requested_as = Role::admin}), "fingerprint"));
    const auto fingerprint = seen().fingerprint;
    EXPECT_EQ(
        outcome(world_.syncs.retry({.sync = *id, .fingerprint = fingerprint, .requested_as = Role::editor})),
        refused);
    const auto again =
        world_.syncs.retry({.sync = *id, .fingerprint = fingerprint, .requested_as = Role::admin});
    ASSERT_EQ(outcome(again), ok);
    EXPECT_EQ(world_.sync(*again).options.fingerprint, fingerprint);
    EXPECT_EQ(world_.sync(*again).requested_as, Role::admin);
}

TEST_F(ProtectionTest, RestoringTakesAnAdministratorAlsoWhenItRuns) {
    const auto dropped = submit(Role::admin, seen());
    ASSERT_EQ(end_of(dropped), "completed");
    EXPECT_EQ(outcome(world_.syncs.restore({.sync = *dropped, .requested_as = Role::editor})), refused);
    unprotect();
    const auto early = world_.syncs.restore({.sync = *dropped, .requested_as = Role::editor});
    protect();
    EXPECT_TRUE(end_of(early).starts_with("failed: The database is protected"));
    EXPECT_EQ(outcome(world_.syncs.retry({.sync = *early, .requested_as = Role::editor})), refused);
    EXPECT_TRUE(
        names_field(world_.syncs.retry({.sync = *early, .fingerprint = "f", .requested_as = Role::admin}),
                    "fingerprint"));
    EXPECT_EQ(world_.live("people"), "a_1");
    EXPECT_EQ(end_of(world_.syncs.retry({.sync = *early, .requested_as = Role::admin})), "completed");
    EXPECT_EQ(world_.live("people"), "a_1 b_1");
}

TEST_F(ProtectionTest, CollectionsAndTheEntryItselfTakeAnAdministrator) {
    EXPECT_EQ(outcome(world_.collections.rename(shop_, "people", "folk", Role::editor)), refused);
    EXPECT_EQ(outcome(world_.collections.remove(shop_, "people", {.given = "people"}, Role::editor,
                                                UserId::generate())),
              refused);
    EXPECT_EQ(outcome(world_.databases.remove(shop_, {.given = "shop"}, Role::editor, UserId::generate())),
              refused);
    EXPECT_EQ(world_.live("people"), "b_1");
    EXPECT_EQ(outcome(world_.collections.create(shop_, "new")), ok);
    EXPECT_EQ(outcome(world_.collections.rename(shop_, "people", "folk", Role::admin)), ok);
    EXPECT_EQ(
        outcome(world_.collections.remove(shop_, "folk", {.given = "folk"}, Role::admin, UserId::generate())),
        ok);
    EXPECT_EQ(outcome(world_.databases.remove(shop_, {.given = "shop"}, Role::admin, UserId::generate())),
              ok);
}

// Else the next sync of an administrator would drop what an editor took out of the registry.
TEST_F(ProtectionTest, ChangingAndRemovingDefinitionsTakesAnAdministrator) {
    const DefinitionId id = world_.definitions.list(shop_, "people", {})->items.front().id;
    EXPECT_EQ(outcome(world_.definitions.update(id, spec_of(R"({"c":1})"), Role::editor)), refused);
    EXPECT_EQ(outcome(world_.definitions.remove(id, Role::editor)), refused);
    EXPECT_EQ(world_.registry(shop_, "people"), "a_1");
    EXPECT_EQ(outcome(world_.definitions.create(shop_, "people", spec_of(R"({"d":1})"))), ok);
    EXPECT_EQ(outcome(world_.definitions.update(id, spec_of(R"({"c":1})"), Role::admin)), ok);
    EXPECT_EQ(world_.registry(shop_, "people"), "c_1 d_1");
    EXPECT_EQ(outcome(world_.definitions.remove(id, Role::admin)), ok);
    EXPECT_EQ(outcome(world_.definitions.remove(id, Role::editor)), ok) << "nothing is there";
    unprotect();
    const DefinitionId other = world_.definitions.list(shop_, "people", {})->items.front().id;
    EXPECT_EQ(outcome(world_.definitions.remove(other, Role::editor)), ok);
}

TEST_F(ProtectionTest, AnImportMayAddButNotReplace) {
    world_.seed("people", spec_of(R"({"a":1})", R"({"sparse":true})", "a_1"));
    EXPECT_EQ(outcome(world_.imports.from_database(shop_, OnConflict::replace, Role::editor)), refused);
    EXPECT_EQ(world_.registry(shop_, "people"), "a_1");
    EXPECT_EQ(outcome(world_.imports.from_database(shop_, OnConflict::skip, Role::editor)), ok);
    EXPECT_EQ(world_.registry(shop_, "people"), "a_1 b_1");
    EXPECT_EQ(outcome(world_.imports.from_database(shop_, OnConflict::replace, Role::admin)), ok);
}

TEST_F(ProtectionTest, OnlyAnAdministratorSetsAndClearsIt) {
    DatabaseDraft changed = draft();
    changed.protection = Protection::off;
    EXPECT_EQ(outcome(update(changed, Role::editor)), "forbidden");
    changed.protection = Protection::on;  // as it is
    changed.description = "edited";
    EXPECT_EQ(outcome(update(changed, Role::editor)), ok);
    changed.protection = std::nullopt;
    changed.db_name = "elsewhere";
    EXPECT_EQ(outcome(update(changed, Role::editor)), refused);
    changed = draft();
    changed.uri = Secret("mongodb://other/");
    EXPECT_EQ(outcome(update(changed, Role::editor)), refused);
    EXPECT_EQ(world_.databases.get(shop_)->protection, Protection::on);
    EXPECT_EQ(world_.databases.get(shop_)->description, "edited");
    changed.protection = Protection::off;
    EXPECT_EQ(outcome(update(changed, Role::admin)), ok);
    EXPECT_EQ(world_.databases.get(shop_)->protection, Protection::off);
    DatabaseDraft fresh{"new", "", Secret("mongodb://host/"), "d", Protection::on};
    EXPECT_EQ(
        outcome(world_.databases.create(fresh, ConnectionTest::skip, InitialImport::skip, Role::editor)),
        "forbidden");
    const auto made = world_.databases.create(fresh, ConnectionTest::skip, InitialImport::skip, Role::admin);
    EXPECT_EQ(world_.databases.get(made->id)->protection, Protection::on);
}

struct Case {
    index::Action action;
    index::Risk risk;
    bool takes_away;
};
class Operations : public ::testing::TestWithParam<Case> {};

TEST_P(Operations, AreJudgedByWhatIsLost) {
    index::Operation operation;
    operation.action = GetParam().action;
    operation.risk = GetParam().risk;
    EXPECT_EQ(takes_away(operation), GetParam().takes_away);
}

using index::Action;
using index::Risk;
INSTANTIATE_TEST_SUITE_P(
    All, Operations,
    ::testing::Values(Case{Action::create, Risk::safe, false}, Case{Action::create, Risk::caution, false},
                      Case{Action::create, Risk::destructive, true},
                      Case{Action::drop, Risk::destructive, true}, Case{Action::modify, Risk::safe, false},
                      Case{Action::modify, Risk::destructive, true}, Case{Action::hide, Risk::caution, true},
                      Case{Action::define, Risk::safe, false}, Case{Action::redefine, Risk::caution, true},
                      Case{Action::forget, Risk::caution, true}));

TEST(OneOperation, HidingInPlaceTakesAwayShowingDoesNot) {
    index::Operation operation;
    operation.action = Action::modify;
    operation.spec = spec_of(R"({"a":1})", R"({"hidden":true})");
    operation.before = spec_of(R"({"a":1})");
    EXPECT_TRUE(takes_away(operation));
    std::swap(operation.spec, *operation.before);
    EXPECT_FALSE(takes_away(operation));
}

}  // namespace
}  // namespace mim::app
