// What a standalone builds, by each of the questions that tell it, and by none.
#include <functional>

#include "contract/outcome.hpp"
#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

using contract::outcome;
using index::LiveCollection;
using State = index::LiveIndex::State;
using Texts = std::vector<std::string>;

class LeavingObserver final : public SteadyObserver {
  public:
    explicit LeavingObserver(std::function<bool()> is_time) : is_time_(std::move(is_time)) {}
    app::BuildVerdict on_progress(const app::BuildProgress&) override {
        return is_time_() ? app::BuildVerdict::leave : app::BuildVerdict::go_on;
    }

  private:
    std::function<bool()> is_time_;
};

class WireReadiness : public Wire {
  protected:
    explicit WireReadiness(const sandbox::Settings& settings = {}) : Wire(settings) {}

    void SetUp() override {
        const auto loaded = server->load_seed(
            R"({"databases": {"t": {"c": {"indexes": [{"key": {"ready": 1}}]}, "other": {"indexes": [{"key": {"x": 1}}]}}}})");
        ASSERT_TRUE(loaded) << loaded.error().message;
    }
    // a_1 of c, which stays unfinished.
    void begin_build() {
        builds_take(milliseconds(600'000));
        LeavingObserver leaving([this] { return read("c").indexes.size() == 3; });
        ASSERT_EQ(outcome(target()->create_indexes("c", {a}, soon(), leaving)), "cancelled");
    }
    LiveCollection read(const std::string& collection) {
        return target()->read({std::vector<std::string>{collection}, {}}, soon()).value().at(0);
    }
    Texts states() {
        const LiveCollection found = read("c");
        Texts texts;
        for (const auto& each : found.indexes)
            texts.push_back(each.spec.name + (each.state == State::building ? " building" : " ready"));
        if (found.readiness_unknown) texts.push_back("unknown: " + *found.readiness_unknown);
        return texts;
    }
    void forbid(const std::string& stages) {
        fail_always(R"({"failCommands": [)" + stages + R"(], "errorCode": 13})");
    }
    std::int64_t aggregations() {
        const auto status = command(R"({"serverStatus": 1})", "admin");
        const auto commands = status.find("metrics")->document()->find("commands")->document();
        const auto one = commands->find("aggregate");
        return one ? one->document()->find("total")->integer().value() : 0;
    }

    const index::Spec a = spec_of(R"({"key": {"a": 1}, "name": "a_1"})");
    const Texts as_it_is{"_id_ ready", "ready_1 ready", "a_1 building"};
};

TEST_F(WireReadiness, AnyOneRightTellsIt) {
    begin_build();
    EXPECT_EQ(states(), as_it_is);
    for (const std::string forbidden : {R"("$indexStats", "$currentOp")", R"("$collStats", "$currentOp")",
                                        R"("$collStats", "$indexStats")"}) {
        forbid(forbidden);
        EXPECT_EQ(states(), as_it_is) << "without " << forbidden;
    }
}

TEST_F(WireReadiness, WithoutAnyRightItIsUnknown) {
    begin_build();
    forbid(R"("$collStats", "$indexStats", "$currentOp")");
    EXPECT_EQ(states(), (Texts{"_id_ ready", "ready_1 ready", "a_1 ready",
                               "unknown: that needs the privilege collStats on t.c (the role read has it), "
                               "or indexStats there, or inprog on the cluster"}));
}

TEST_F(WireReadiness, AServerThatKnowsNoneOfTheQuestionsDoesNotTell) {
    fail_always(R"({"failCommands": ["$collStats", "$indexStats", "$currentOp"], "errorCode": 40324})");
    EXPECT_EQ(read("c").readiness_unknown,
              "this server tells it neither by $collStats nor by $indexStats nor by $currentOp");
}

TEST_F(WireReadiness, WhatIsUnknownIsNeitherEndedNorDropped) {
    begin_build();
    forbid(R"("$collStats", "$indexStats", "$currentOp")");
    const auto ended =
        target()->end_builds("c", {a, spec_of(R"({"key": {"ready": 1}, "name": "ready_1"})")}, soon());
    EXPECT_EQ(outcome(ended), "target_outcome_unknown");
    EXPECT_NE(ended.error().message.find("collStats on t.c"), std::string::npos) << ended.error().message;
    fail(R"("off")", "{}");
    EXPECT_EQ(states(), as_it_is);
}

TEST_F(WireReadiness, ATargetThatIsLostMeanwhileFailsTheRead) {
    fail_always(R"({"failCommands": ["aggregate"], "closeConnection": true})");
    const auto lost = target()->read({Texts{"c"}, {}}, soon());
    EXPECT_EQ(outcome(lost), "target_unreachable");
}

TEST_F(WireReadiness, AServerThatEndsTheConnectionOverOneQuestionIsAskedTheNext) {
    begin_build();
    fail(R"({"times": 2})",
         R"({"failCommands": ["aggregate"], "closeConnection": true})");  // a read is asked twice
    EXPECT_EQ(states(), as_it_is);
    const auto before = aggregations();
    EXPECT_EQ(states(), as_it_is);
    EXPECT_EQ(aggregations() - before, 1) << "not the first question again";
}

TEST_F(WireReadiness, NothingIsAskedWhereOnlyIdIsListed) {
    (void)command(R"({"create": "bare"})");
    const auto before = aggregations();
    EXPECT_EQ(read("bare").indexes.size(), 1U);
    EXPECT_EQ(aggregations(), before);
}

TEST_F(WireReadiness, ManyCollectionsAreAskedAboutAtOnce) {
    Texts names{"c"};
    for (int number = 0; number < 30; ++number) {
        names.push_back("many" + std::to_string(number));
        (void)command(R"({"createIndexes": ")" + names.back() +
                      R"(", "indexes": [{"key": {"x": 1}, "name": "x_1"}]})");
    }
    begin_build();
    forbid(R"("$listCatalog")");
    const auto before = aggregations();
    const auto all = target()->read({names, {}}, soon()).value();
    EXPECT_EQ(all.at(0).indexes.at(2).state, State::building);
    EXPECT_EQ(aggregations() - before, 3) << "$listCatalog, $currentOp, and $collStats of one collection";
    forbid(R"("$listCatalog", "$currentOp")");
    const auto each = target()->read({names, {}}, soon()).value();
    EXPECT_EQ(each.at(0).indexes.at(2).state, State::building);
    for (const LiveCollection& one : each) EXPECT_FALSE(one.readiness_unknown) << one.name;
}

class WireReadinessOfASet : public WireReadiness {
  protected:
    WireReadinessOfASet() : WireReadiness(member()) {}
    static sandbox::Settings member() {
        sandbox::Settings settings;
        settings.replica_set = "rs";
        return settings;
    }
};

TEST_F(WireReadinessOfASet, IsInTheListing) {
    begin_build();
    const auto before = aggregations();
    EXPECT_EQ(states(), as_it_is);
    EXPECT_EQ(aggregations(), before);
}

TEST_F(WireReadinessOfASet, IsAskedForWhereTheServerRefusesToMark) {
    begin_build();
    fail_once(R"({"failCommands": ["listIndexes"], "errorCode": 40415})");
    EXPECT_EQ(states(), as_it_is);
}

}  // namespace
}  // namespace mim::target
