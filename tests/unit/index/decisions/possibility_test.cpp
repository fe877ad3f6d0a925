// What a server refuses, and what it judged otherwise before it was upgraded.
#include <algorithm>

#include <gtest/gtest.h>

#include "index/comparison/comparison.hpp"
#include "world.hpp"

namespace mim::index::testing {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* in_filter =
    R"({"name": "a_1", "key": {"a": 1}, "partialFilterExpression": {"a": {"$in": [1, 2]}}})";
constexpr const char* in_filter_listed =
    R"({"v": 2, "name": "a_1", "key": {"a": 1}, "partialFilterExpression": {"a": {"$in": [1, 2]}}})";

class Possibility : public ::testing::Test {
  protected:
    void define(const char* json) { desired_.push_back({DefinitionId::generate(), spec_of(json)}); }
    // "impossible_here a_1: why", of these two codes alone.
    Texts told(ServerVersion version, std::optional<ServerVersion> before = {}) {
        CompareOptions options{.version = version};
        options.rules_before = before;
        Texts texts;
        for (const Note& note : compare(desired_, live_, options).notes) {
            if (note.code == "impossible_here" || note.code == "rules_changed")
                texts.push_back(note.code + " " + note.index + ": " + note.text);
        }
        return texts;
    }

    std::vector<Desired> desired_;
    LiveCollection live_{"c", {}, {id_index()}, std::nullopt};
};

TEST_F(Possibility, WhatTheServerRefusesIsTold) {
    define(in_filter);
    define(R"({"name": "b_1", "key": {"b": 1}})");
    const Texts refused = told({5, 0});
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_TRUE(
        refused[0].starts_with("impossible_here a_1: this server goes by the rules of MongoDB 5.0, and "
                               "refuses it: '$in' cannot stand in a partial filter"))
        << refused[0];
    EXPECT_FALSE(refused[0].ends_with('.'));
    EXPECT_EQ(told({6, 0}), Texts{});
}

TEST_F(Possibility, WhatIsThereIsNotToBeBuilt) {
    define(in_filter);
    live_.indexes.push_back({spec_of(in_filter_listed)});
    EXPECT_EQ(told({5, 0}), Texts{});
}

TEST_F(Possibility, WhatIsToBeBuiltAgainIs) {
    define(in_filter);
    live_.indexes.push_back({spec_of(R"({"v": 2, "name": "a_1", "key": {"old": 1}})")});
    EXPECT_EQ(told({5, 0}).size(), 1U);
}

TEST_F(Possibility, BeforeFiveTwoThatDifferInOptionsAreOne) {
    define(R"({"name": "plain", "key": {"a": 1}})");
    define(R"({"name": "sparse", "key": {"a": 1}, "sparse": true})");
    define(R"({"name": "german", "key": {"a": 1}, "collation": {"locale": "de"}})");
    live_.indexes.push_back({spec_of(R"({"v": 2, "name": "plain", "key": {"a": 1}})")});
    const Texts refused = told({4, 4});
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(
        refused[0],
        "impossible_here sparse: this server goes by the rules of MongoDB 4.4, and refuses it: it takes "
        "it for the same index as plain, and can have one of them only");
    EXPECT_EQ(told({5, 0}), Texts{});
    const Texts possible = told({5, 0}, ServerVersion{4, 4});
    ASSERT_EQ(possible.size(), 1U) << "the other one is there";
    EXPECT_TRUE(possible[0].starts_with("rules_changed sparse: possible now")) << possible[0];
}

TEST_F(Possibility, AnUpgradeTellsWhatBecamePossible) {
    define(in_filter);
    define(R"({"name": "b_1", "key": {"b": 1}})");
    const Texts possible = told({6, 0}, ServerVersion{5, 0});
    ASSERT_EQ(possible.size(), 1U);
    EXPECT_TRUE(
        possible[0].starts_with("rules_changed a_1: possible now, by the rules of MongoDB 6.0; the "
                                "rules of MongoDB 5.0 refused it: '$in'"))
        << possible[0];
    EXPECT_EQ(told({7, 0}, ServerVersion{6, 0}), Texts{});
    EXPECT_EQ(told({6, 0}, ServerVersion{6, 0}), Texts{});
}

// Also of an index that is there: once it is dropped nobody can build it again.
TEST_F(Possibility, WhatBecameImpossibleIsToldOfEveryDefinition) {
    define(in_filter);
    live_.indexes.push_back({spec_of(in_filter_listed)});
    const Texts refused = told({5, 0}, ServerVersion{6, 0});
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_TRUE(
        refused[0].starts_with("rules_changed a_1: refused now, by the rules of MongoDB 5.0, where the "
                               "rules of MongoDB 6.0 took it: '$in'"))
        << refused[0];
}

TEST_F(Possibility, AViewHasANoteOfItsOwn) {
    define(in_filter);
    live_.indexes.clear();
    live_.traits.kind = CollectionKind::view;
    EXPECT_EQ(told({5, 0}, ServerVersion{6, 0}), Texts{});
}

}  // namespace
}  // namespace mim::index::testing
