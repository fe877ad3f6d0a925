#include "index/script/script.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "scenario.hpp"
#include "source_folder.hpp"

namespace mim::index::testing {
namespace {

const std::filesystem::path golden = tests::source_folder() / "tests/golden/scripts";

Plan plan_of(const std::string& scenario) {
    const auto folder = tests::source_folder() / "tests/golden/scenarios";
    const Scenario read = read_scenario(folder / (scenario + ".json"));
    return make_plan(read.world.compare(read.compare), read.plan);
}

const ScriptHeader header{scenario_database, "everything in order"};

void expect_file(const std::string& name, const std::string& text) {
    if (std::getenv("MIM_UPDATE_GOLDEN")) {
        std::ofstream(golden / name) << text;
        return;
    }
    std::ostringstream file;
    file << std::ifstream(golden / name).rdbuf();
    EXPECT_EQ(file.str(), text) << name;
}

TEST(Script, IsWrittenWhole) {
    const Plan plan = plan_of("everything_in_order");
    expect_file("forward.js", script_of(plan, ScriptMode::both, header).text);
    expect_file("create.js", script_of(plan, ScriptMode::create, header).text);
    expect_file("drop.js", script_of(plan, ScriptMode::drop, header).text);
    expect_file("reverse.js", reverse_script_of(plan, header).text);
    expect_file("verify.js", verify_script_of(plan, header).text);
}

TEST(Script, CountsItsSteps) {
    const Plan plan = plan_of("everything_in_order");
    const Script both = script_of(plan, ScriptMode::both, header);
    EXPECT_EQ(both.creates, 2u);
    EXPECT_EQ(both.drops, 2u);
    EXPECT_EQ(both.modifies, 1u);
    const Script create = script_of(plan, ScriptMode::create, header);
    EXPECT_EQ(create.creates, 1u);
    EXPECT_EQ(create.drops, 0u);
    EXPECT_EQ(create.modifies, 1u);
    const Script drop = script_of(plan, ScriptMode::drop, header);
    EXPECT_EQ(drop.creates, 0u);
    EXPECT_EQ(drop.drops, 1u);
    EXPECT_EQ(drop.modifies, 0u);
}

TEST(Script, NamesWhatACreateScriptLeavesOut) {
    const std::string text = script_of(plan_of("everything_in_order"), ScriptMode::create, header).text;
    EXPECT_NE(text.find("left out: orders.r_1 can only be built after a drop"), std::string::npos);
    EXPECT_EQ(text.find("\ndrop("), std::string::npos);
}

TEST(Script, HasNoPlaceForRegistryChanges) {
    const Script script = script_of(plan_of("into_the_registry"), ScriptMode::both, header);
    EXPECT_EQ(script.creates + script.drops + script.modifies, 0u);
}

TEST(Script, KnowsWhatItsLocalesFillIn) {
    const Plan plan = plan_of("defaults_of_a_locale");
    const std::string told =
        "\nconst localeDefaults = {\"da\": {\"caseFirst\": \"upper\"}, "
        "\"th\": {\"alternate\": \"shifted\", \"normalization\": true}, \"vi\": {\"normalization\": "
        "true}};\n";
    for (const Script& script : {script_of(plan, ScriptMode::both, header), reverse_script_of(plan, header),
                                 verify_script_of(plan, header)}) {
        EXPECT_NE(script.text.find(told), std::string::npos) << script.text;
    }
    const Script other = script_of(plan_of("everything_in_order"), ScriptMode::both, header);
    EXPECT_NE(other.text.find("\nconst localeDefaults = {};\n"), std::string::npos);
}

TEST(Script, KeepsItsTitleInTheComment) {
    const ScriptHeader hostile{"shop\nquit()", "a\nprocess.exit()\r\u2028db.dropDatabase()"};
    const std::string text = script_of({}, ScriptMode::both, hostile).text;
    std::istringstream lines(text);
    std::string first, second, third;
    std::getline(lines, first);
    std::getline(lines, second);
    std::getline(lines, third);
    EXPECT_EQ(first, "// a process.exit()  db.dropDatabase()");
    EXPECT_EQ(second, "// Database: shop quit()");
    EXPECT_TRUE(third.starts_with("// Run it with: "));
}

}  // namespace
}  // namespace mim::index::testing
