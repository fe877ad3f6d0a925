// Registries that an older version filled: it took what a collation leaves out for the same in every locale,
// told identities by that, and imported so. No index is lost because we know better.
#include "app/earlier_meaning.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "app/definition_identity.hpp"
#include "index/canonical/canonical.hpp"
#include "index/definition/stored_form.hpp"
#include "world.hpp"

namespace mim::app {
namespace {

const std::string danish = R"({"collation":{"locale":"da"}})";
const std::string danish_upper = R"({"collation":{"locale":"da","caseFirst":"upper"}})";
const std::string danish_off = R"({"collation":{"locale":"da","caseFirst":"off"}})";
constexpr const char* taken = "already_exists";

class EarlierMeaning : public ::testing::Test {
  protected:
    // As that version stored it.
    DefinitionId define_earlier(const std::string& options, const std::string& name = "n") {
        Definition definition =
            make_definition(shop_, "orders", spec_of(R"({"a":1})", options, name), world_.clock.now());
        definition.signature =
            index::canonicalise(index::with_general_collation(definition.spec), registry_rules()).signature;
        EXPECT_EQ(outcome(world_.store.definitions().create(definition)), ok);
        return definition.id;
    }
    void seed(const std::string& options, const std::string& name = "n") {
        world_.seed("orders", spec_of(R"({"a":1})", options, name));
    }
    // "matched n; changed m": everything but _id_.
    std::string compared() {
        const auto all = world_.comparisons.compare({.database = shop_, .collections = {{"orders"}}});
        if (!all) return outcome(all);
        const auto& one = all->collections.at(0);
        std::string text;
        for (const auto& each : one.matched) text += "matched " + each.live.spec.name + "; ";
        for (const auto& each : one.changed) text += "changed " + each.live.spec.name + "; ";
        for (const auto& each : one.missing) text += "missing " + each.desired.spec.name + "; ";
        for (const auto& each : one.redundant) text += "redundant " + each.live.spec.name + "; ";
        return text;
    }
    Result<DefinitionId> define_now(const std::string& options, const std::string& name) {
        return world_.definitions.create(shop_, "orders", spec_of(R"({"a":1})", options, name));
    }
    World world_;
    DatabaseId shop_ = world_.add_database();
};

TEST_F(EarlierMeaning, WhatWasDeclaredAndBuiltIsMatched) {
    define_earlier(danish);
    seed(danish);
    EXPECT_EQ(compared(), "matched n; ");
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{}) << "it was dropped and built at every sync";
}

TEST_F(EarlierMeaning, WhatWasImportedShortenedIsMatched) {
    define_earlier(danish);
    seed(danish_off);
    EXPECT_EQ(compared(), "matched n; ");
    EXPECT_EQ(world_.run(shop_), "completed");
    EXPECT_EQ(world_.server.writes(), std::vector<std::string>{});
}

TEST_F(EarlierMeaning, UnderAnotherNameTheOneThatIsLiveIsMeant) {
    define_earlier(danish);
    seed(danish_off, "other");
    EXPECT_EQ(compared(), "matched other; ");
}

TEST_F(EarlierMeaning, OfTwoThatAreLiveTheNameDecides) {
    define_earlier(danish);
    define_earlier(danish_upper, "m");
    seed(danish_off);
    seed(danish_upper, "m");
    EXPECT_EQ(compared(), "matched m; matched n; ");
}

TEST_F(EarlierMeaning, WhereNothingIsLiveMongoDBsMeaningHolds) {
    define_earlier(danish);
    EXPECT_EQ(world_.run(shop_), "completed");
    const auto& built = world_.server.collection("shop", "orders").indexes;
    const auto found = std::find_if(built.begin(), built.end(),
                                    [](const index::LiveIndex& one) { return one.spec.name == "n"; });
    ASSERT_NE(found, built.end());
    EXPECT_EQ(found->spec.options.find("collation")->document()->find("caseFirst")->string(), "upper");
}

TEST_F(EarlierMeaning, TheRegistryTakesWhatIsLiveInOtherOptions) {
    const DefinitionId id = define_earlier(danish);
    seed(R"({"collation":{"locale":"da","caseFirst":"off"},"hidden":true})");
    EXPECT_EQ(compared(), "changed n; ");
    SyncOptions options;
    options.changed = index::ChangedChoice::take_into_registry;
    EXPECT_EQ(world_.run(shop_, options), "completed");
    const auto now = world_.definitions.get(id);
    ASSERT_EQ(outcome(now), ok);
    EXPECT_EQ(now->spec.options,
              bson::parse_json(R"({"collation":{"locale":"da","caseFirst":"off"},"hidden":true})").value());
    EXPECT_FALSE(earlier_meaning(*now));
}

TEST_F(EarlierMeaning, WhoeverChangesItSaysWhatIsMeant) {
    const DefinitionId id = define_earlier(danish);
    const auto before = world_.definitions.get(id);
    EXPECT_TRUE(earlier_meaning(*before));
    SpecChange renamed;
    renamed.name = "renamed";
    ASSERT_EQ(outcome(world_.definitions.update(id, renamed, Role::admin)), ok);
    const auto after = world_.definitions.get(id);
    EXPECT_FALSE(earlier_meaning(*after));
    EXPECT_EQ(after->signature, R"(a_1 collation={"locale":"da","caseFirst":"upper"})");
}

TEST_F(EarlierMeaning, TheSameIndexIsNotDefinedTwice) {
    define_earlier(danish);
    const auto again = define_now(danish, "again");
    EXPECT_EQ(outcome(again), taken);
    EXPECT_TRUE(names_field(again, "keys"));
    EXPECT_EQ(outcome(define_now(danish_upper, "upper")), taken);
    EXPECT_EQ(outcome(define_now(danish_off, "off")), taken) << "it may be meant";
    EXPECT_EQ(outcome(define_now(R"({"collation":{"locale":"da","strength":4}})", "other")), ok);
}

TEST_F(EarlierMeaning, AnImportKnowsIt) {
    define_earlier(danish);
    seed(danish_off);
    const auto report = world_.imports.from_database(shop_, OnConflict::replace, Role::admin);
    ASSERT_EQ(outcome(report), ok);
    EXPECT_EQ(report->imported_count, 0);
    EXPECT_EQ(report->skipped.at(0).reason, "the registry has this very index");
}

TEST_F(EarlierMeaning, AnImportOfItsMeaningUnderAnotherNameIsTold) {
    define_earlier(danish);
    seed(danish, "live");
    const auto report = world_.imports.from_database(shop_, OnConflict::skip, Role::admin);
    ASSERT_EQ(outcome(report), ok);
    EXPECT_EQ(report->imported_count, 0);
    EXPECT_EQ(report->skipped.at(0).reason, "the registry has the same index as n");
}

TEST_F(EarlierMeaning, IsNoneWhereNothingHasChanged) {
    for (const auto* options :
         {R"({})", R"({"collation":{"locale":"en"}})", R"({"collation":{"locale":"fr_CA"}})",
          R"({"collation":{"locale":"da","caseFirst":"upper"}})",
          R"({"collation":{"locale":"vi","normalization":true}})"}) {
        const auto made =
            make_definition(shop_, "orders", spec_of(R"({"a":1})", options), world_.clock.now());
        EXPECT_FALSE(earlier_meaning(made)) << options;
    }
}

}  // namespace
}  // namespace mim::app
