// For any registry and any database: the plan is carried out by rules that know nothing of plans, every step
// works, no collection ever holds more than 64 indexes, and nothing is left to do.
#include "any_sets.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "index/definition/stored_form.hpp"
#include "scenario.hpp"

namespace mim::index::testing {
namespace {

constexpr std::size_t rounds = 500;

struct Round {
    CompareOptions compare;
    PlanOptions plan;
    World world{ServerVersion{}};
};

CollectionTraits any_traits(AnySets& sets) {
    CollectionTraits traits;
    if (sets.below(4) == 0)
        traits.options = spec_of(R"({"collation": {"locale": "fr", "strength": 2}})").options;
    return traits;
}

Round any_round(AnySets& sets) {
    const std::vector<ServerVersion> versions{{4, 4}, {5, 0}, {6, 0}, {7, 0}, {8, 0}};
    Round round;
    const ServerVersion version = versions[sets.below(versions.size())];
    round.compare = {version, sets.below(2) == 0 ? NamePolicy::identity : NamePolicy::strict, std::nullopt};
    round.plan.version = version;
    // All must go, whatever an import would leave out.
    round.plan.extra = ExtraChoice::drop_all;
    round.plan.changed = ChangedChoice::alter_all;
    round.world = World(version);
    WorldCollection collection{"c", any_traits(sets), {}, {id_index()}};
    const RuleContext context{version, collection.traits};
    const std::size_t fillers = sets.below(6) == 0 ? 63 : 0;
    for (const Spec& spec : sets.next(context, sets.below(14), fillers == 0 ? 0 : sets.below(64))) {
        collection.desired.push_back({DefinitionId::generate(), spec});
    }
    for (const Spec& spec : sets.next(context, sets.below(14), fillers)) {
        collection.live.push_back({listed_form(stored_form(spec, context), context)});
    }
    round.world.collections().push_back(std::move(collection));
    return round;
}

std::string story(const World& world, const Plan& plan, const std::vector<StepOutcome>& outcomes) {
    std::string text;
    for (const Desired& one : world.collections()[0].desired)
        text += "desired " + bson::to_json(one.spec.to_document()) + "\n";
    for (const LiveIndex& one : world.collections()[0].live)
        text += "live " + bson::to_json(one.spec.to_document()) + "\n";
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
        text += step_name(plan.operations[at]) + (outcomes[at].done ? " done" : " FAILED ") +
                outcomes[at].error + "  (" + plan.operations[at].reason + ")\n";
    }
    return text;
}

void expect_nothing_left(Round& round) {
    const World before = round.world;
    const Plan plan = make_plan(round.world.compare(round.compare), round.plan);
    const auto outcomes = round.world.apply(plan);
    for (const StepOutcome& one : outcomes) ASSERT_TRUE(one.done) << story(before, plan, outcomes);
    ASSERT_LE(round.world.most_indexes(), max_indexes_per_collection);
    ASSERT_TRUE(round.world.compare(round.compare)[0].in_sync()) << story(before, plan, outcomes);
}

TEST(AnySets, AreInSyncAfterThePlan) {
    AnySets sets(1);
    for (std::size_t at = 0; at < rounds && !HasFatalFailure(); ++at) {
        Round round = any_round(sets);
        expect_nothing_left(round);
    }
}

TEST(AnySets, AreInSyncAfterTheRegistryLearned) {
    AnySets sets(2);
    for (std::size_t at = 0; at < rounds && !HasFatalFailure(); ++at) {
        Round round = any_round(sets);
        round.plan.missing = MissingChoice::remove_from_registry;
        round.plan.extra = ExtraChoice::import_to_registry;
        round.plan.changed = ChangedChoice::take_into_registry;
        expect_nothing_left(round);
    }
}

TEST(AnySets, AreInExactlyOneListEach) {
    AnySets sets(3);
    for (std::size_t at = 0; at < rounds; ++at) {
        const Round round = any_round(sets);
        const WorldCollection& collection = round.world.collections()[0];
        const auto result = round.world.compare(round.compare)[0];
        ASSERT_EQ(result.missing.size() + result.matched.size() + result.changed.size(),
                  collection.desired.size());
        ASSERT_EQ(result.redundant.size() + result.matched.size() + result.changed.size() + 1,
                  collection.live.size());
    }
}

TEST(AnySets, KeepEveryMatchedIndexUntouched) {
    AnySets sets(4);
    for (std::size_t at = 0; at < rounds; ++at) {
        const Round round = any_round(sets);
        const auto compared = round.world.compare(round.compare);
        const Plan plan = make_plan(compared, round.plan);
        for (const Matched& matched : compared[0].matched) {
            for (const Operation& operation : plan.operations) {
                ASSERT_NE(operation.index, operation.action == Action::create ? "" : matched.live.spec.name);
                ASSERT_NE(operation.definition, matched.desired.id);
            }
        }
    }
}

TEST(AnySets, NeverLoseTheIdIndex) {
    AnySets sets(5);
    for (std::size_t at = 0; at < rounds; ++at) {
        const Round round = any_round(sets);
        for (const Operation& one : make_plan(round.world.compare(round.compare), round.plan).operations) {
            ASSERT_NE(one.index, "_id_");
        }
    }
}

}  // namespace
}  // namespace mim::index::testing
