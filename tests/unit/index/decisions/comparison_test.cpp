// What the golden scenarios do not show: odd inputs of the comparison.
#include "index/comparison/comparison.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "world.hpp"

namespace mim::index::testing {
namespace {

Desired desired(const std::string& json) {
    return {DefinitionId::generate(), spec_of(json)};
}
LiveIndex live(const std::string& json) {
    return {spec_of(json)};
}

CollectionComparison compare(const std::vector<Desired>& definitions, const std::vector<LiveIndex>& indexes) {
    return index::compare(definitions, {"c", {}, indexes, std::nullopt}, {});
}

constexpr const char* plain = R"({"name": "a_1", "key": {"a": 1}})";
constexpr const char* same_elsewhere = R"({"name": "other", "key": {"a": 1}})";

TEST(Comparison, OfNothingIsInSync) {
    const auto result = compare({}, {});
    EXPECT_TRUE(result.in_sync());
    EXPECT_TRUE(result.notes.empty());
    EXPECT_EQ(result.collection, "c");
}

TEST(Comparison, TellsWhatCannotBeReadAndNeverCallsThatInSync) {
    LiveCollection collection{"c", {}, {id_index(), live(plain)}, std::nullopt};
    collection.unreadable_indexes = {{"bad\\xff", "its name is not UTF-8"}};
    const auto result = index::compare({desired(plain)}, collection, {});
    EXPECT_EQ(result.matched.size(), 1u);
    EXPECT_TRUE(result.missing.empty() && result.redundant.empty() && result.changed.empty());
    EXPECT_FALSE(result.in_sync());
    EXPECT_EQ(result.live_count, 3u);
    ASSERT_EQ(result.notes.size(), 1u);
    EXPECT_EQ(result.notes[0].code, "unreadable");
    EXPECT_EQ(result.notes[0].index, "bad\\xff");
    EXPECT_NE(result.notes[0].text.find("its name is not UTF-8"), std::string::npos);
}

// What deletes documents is the server's program, whatever rules it goes by.
TEST(Comparison, ALifetimeIsToldByTheBinaryAndNotByTheRules) {
    const LiveCollection collection{"c",
                                    {},
                                    {id_index(), live(R"({"v": 2, "name": "a_1", "key": {"a": 1},
                                        "expireAfterSeconds": {"$numberDouble": "NaN"}})")},
                                    std::nullopt};
    const auto code = [&](ServerVersion binary) {
        CompareOptions options{.version = {5, 0}};
        options.binary = binary;
        std::string codes;
        for (const Note& note : index::compare({}, collection, options).notes) {
            if (note.code.starts_with("ttl_")) codes += note.code;
        }
        return codes;
    };
    EXPECT_EQ(code({5, 0}), "ttl_deletes_at_once");
    EXPECT_EQ(code({6, 0}), "ttl_never") << "its feature compatibility version is 5.0";
}

TEST(Comparison, TellsWhenNobodyKnowsWhatIsReady) {
    LiveCollection collection{"c", {}, {id_index(), live(plain)}, std::nullopt};
    collection.readiness_unknown = "that needs the privilege collStats on t.c";
    const auto result = index::compare({desired(plain)}, collection, {});
    EXPECT_EQ(result.matched.size(), 1u);
    EXPECT_TRUE(result.in_sync());
    ASSERT_EQ(result.notes.size(), 1u);
    EXPECT_EQ(result.notes[0].code, "readiness_unknown");
    EXPECT_EQ(result.notes[0].index, "");
    EXPECT_EQ(result.notes[0].text,
              "nobody can tell which of its indexes are still being built: that needs the privilege "
              "collStats on t.c");
}

TEST(Comparison, PutsEachOfTwoLiveIndexesWithOneIdentityInOneList) {
    const auto result = compare({desired(plain)}, {live(same_elsewhere), live(plain)});
    ASSERT_EQ(result.matched.size(), 1u);
    EXPECT_EQ(result.matched[0].live.spec.name, "a_1");
    ASSERT_EQ(result.redundant.size(), 1u);
    EXPECT_EQ(result.redundant[0].live.spec.name, "other");
}

TEST(Comparison, PutsEachOfTwoDefinitionsWithOneIdentityInOneList) {
    const auto result = compare({desired(same_elsewhere), desired(plain)}, {live(plain)});
    ASSERT_EQ(result.matched.size(), 1u);
    EXPECT_EQ(result.matched[0].desired.spec.name, "a_1");
    ASSERT_EQ(result.missing.size(), 1u);
}

TEST(Comparison, PrefersIdentityToTheName) {
    const auto result = compare({desired(R"({"name": "x", "key": {"a": 1}})")},
                                {live(R"({"name": "x", "key": {"b": 1}})"), live(same_elsewhere)});
    ASSERT_EQ(result.matched.size(), 1u);
    EXPECT_EQ(result.matched[0].live.spec.name, "other");
    ASSERT_EQ(result.redundant.size(), 1u);
    EXPECT_EQ(result.redundant[0].live.spec.name, "x");
}

TEST(Comparison, NeverShowsTheIdIndex) {
    const auto result = compare({desired(R"({"name": "mine", "key": {"_id": 1}})")}, {id_index()});
    EXPECT_TRUE(result.in_sync());
    EXPECT_TRUE(result.matched.empty());
    EXPECT_EQ(result.live_count, 1u);
}

TEST(Comparison, DoesNotDependOnTheOrderOfItsInput) {
    std::vector<Desired> definitions{desired(plain), desired(R"({"name": "b_1", "key": {"b": 1}})"),
                                     desired(R"({"name": "other", "key": {"c": 1}})")};
    std::vector<LiveIndex> indexes{live(same_elsewhere), live(R"({"name": "b_1", "key": {"b": -1}})"),
                                   id_index()};
    const auto names = [](const CollectionComparison& one) {
        std::vector<std::string> all;
        for (const auto& entry : one.missing) all.push_back("missing " + entry.canonical.name);
        for (const auto& entry : one.matched) all.push_back("matched " + entry.canonical.name);
        for (const auto& entry : one.redundant) all.push_back("redundant " + entry.canonical.name);
        for (const auto& entry : one.changed) all.push_back("changed " + entry.registry.name);
        return all;
    };
    const auto before = names(compare(definitions, indexes));
    std::reverse(definitions.begin(), definitions.end());
    std::reverse(indexes.begin(), indexes.end());
    EXPECT_EQ(names(compare(definitions, indexes)), before);
}

TEST(Comparison, WarnsFromSixtyIndexesOn) {
    std::vector<LiveIndex> indexes{id_index()};
    const auto warned = [&indexes] {
        const auto notes = compare({}, indexes).notes;
        return std::any_of(notes.begin(), notes.end(),
                           [](const Note& note) { return note.code == "near_limit"; });
    };
    for (int at = 1; at < 59; ++at) {
        const std::string field = "f" + std::to_string(at);
        indexes.push_back(live(R"({"name": ")" + field + R"(", "key": {")" + field + R"(": 1}})"));
    }
    EXPECT_FALSE(warned());
    indexes.push_back(live(R"({"name": "last", "key": {"last": 1}})"));
    EXPECT_TRUE(warned());
}

}  // namespace
}  // namespace mim::index::testing
