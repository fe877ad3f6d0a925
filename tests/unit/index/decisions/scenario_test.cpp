// Every file of tests/golden/scenarios: the expected comparison, plan and scripts; then the plan is carried
// out in memory, and a second comparison must find nothing left to do. MIM_UPDATE_GOLDEN=1 writes what comes
// out into the files; read the difference before you commit it.
#include "scenario.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "index/rules/rules.hpp"
#include "pretty_json.hpp"

namespace mim::index::testing {
namespace {

std::vector<std::string> refused_steps(const Plan& plan, const std::vector<StepOutcome>& outcomes) {
    std::vector<std::string> refused;
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
        if (!outcomes[at].done) refused.push_back(step_name(plan.operations[at]));
    }
    return refused;
}

std::string errors_of(const std::vector<StepOutcome>& outcomes) {
    std::string text;
    for (const StepOutcome& one : outcomes) text += one.error.empty() ? "" : one.error + "\n";
    return text;
}

bool updating() {
    return std::getenv("MIM_UPDATE_GOLDEN") != nullptr;
}

class ScenarioTest : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(ScenarioTest, ComesOutAsWritten) {
    const Scenario scenario = read_scenario(GetParam());
    const auto comparisons = scenario.world.compare(scenario.compare);
    const Plan plan = make_plan(comparisons, scenario.plan);
    const bson::Document outcome = outcome_of(comparisons, plan, scenario.title);
    if (updating()) {
        std::ofstream(GetParam()) << pretty_json(
            bson::Builder().add_all(bson::without(scenario.file, {"expect"})).add("expect", outcome).take());
        return;
    }
    ASSERT_TRUE(scenario.file.contains("expect"));
    EXPECT_EQ(pretty_json(*scenario.file.find("expect")->document()), pretty_json(outcome));
}

TEST_P(ScenarioTest, LeavesNothingToDo) {
    Scenario scenario = read_scenario(GetParam());
    const Plan plan = make_plan(scenario.world.compare(scenario.compare), scenario.plan);
    const auto outcomes = scenario.world.apply(plan);
    EXPECT_EQ(refused_steps(plan, outcomes), scenario.refused) << errors_of(outcomes);
    EXPECT_LE(scenario.world.most_indexes(), max_indexes_per_collection);

    std::vector<std::string> left;
    for (const Operation& one :
         make_plan(scenario.world.compare(scenario.compare), scenario.plan).operations) {
        left.push_back(step_name(one));
    }
    EXPECT_EQ(left, scenario.left);
}

std::string file_stem(const ::testing::TestParamInfo<std::filesystem::path>& info) {
    return info.param.stem().string();
}

INSTANTIATE_TEST_SUITE_P(Golden, ScenarioTest, ::testing::ValuesIn(scenario_files()), file_stem);

}  // namespace
}  // namespace mim::index::testing
