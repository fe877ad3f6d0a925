#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "index/plan/plan.hpp"
#include "world.hpp"

namespace mim::index::testing {
namespace {

CollectionComparison collection(const std::string& name, const std::vector<std::string>& definitions,
                                const std::vector<std::string>& indexes) {
    std::vector<Desired> desired;
    for (const std::string& json : definitions) desired.push_back({DefinitionId::generate(), spec_of(json)});
    LiveCollection live{name, {}, {id_index()}, std::nullopt};
    for (const std::string& json : indexes) live.indexes.push_back({spec_of(json)});
    return compare(desired, live, {});
}

std::string fingerprint(const std::vector<CollectionComparison>& all, const PlanOptions& options = {}) {
    return make_plan(all, options).fingerprint;
}

const std::string a = R"({"name": "a_1", "key": {"a": 1}})";
const std::string b = R"({"name": "b_1", "key": {"b": 1}})";

TEST(Fingerprint, IsThirtyTwoHexDigits) {
    const std::string text = fingerprint({});
    EXPECT_EQ(text.size(), 32u);
    EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(Fingerprint, IsTheSameForTheSameStates) {
    const auto one = collection("x", {a, b}, {b, a});
    EXPECT_EQ(fingerprint({one}), fingerprint({collection("x", {b, a}, {a, b})}));
    const std::string as_double =
        R"({"name": "a_1", "key": {"a": {"$numberDouble": "1.0"}}, "unique": false, "v": 2})";
    EXPECT_EQ(fingerprint({one}), fingerprint({collection("x", {as_double, b}, {b, a})}));
}

TEST(Fingerprint, DoesNotDependOnTheOrderOfCollections) {
    const auto one = collection("x", {a}, {}), other = collection("y", {}, {b});
    EXPECT_EQ(fingerprint({one, other}), fingerprint({other, one}));
}

TEST(Fingerprint, ChangesWithEitherStateAndEveryOption) {
    const auto base = collection("x", {a}, {b});
    std::vector<std::string> all{
        fingerprint({base}),
        fingerprint({}),
        fingerprint({collection("y", {a}, {b})}),
        fingerprint({collection("x", {b}, {a})}),
        fingerprint({collection("x", {a}, {})}),
        fingerprint({collection("x", {}, {b})}),
        fingerprint({collection("x", {a, b}, {a, b})}),
        fingerprint({collection("x", {a}, {R"({"name": "b_1", "key": {"b": 1}, "hidden": true})"})}),
        fingerprint({collection("x", {R"({"name": "renamed", "key": {"a": 1}})"}, {b})}),
        fingerprint({base}, {.missing = MissingChoice::leave}),
        fingerprint({base}, {.extra = ExtraChoice::leave}),
        fingerprint({base}, {.changed = ChangedChoice::leave}),
        fingerprint({base}, {.drop_mode = DropMode::hide}),
        fingerprint({base}, {.version = {6, 0}}),
    };
    const std::set<std::string> different(all.begin(), all.end());
    EXPECT_EQ(different.size(), all.size());
}

}  // namespace
}  // namespace mim::index::testing
