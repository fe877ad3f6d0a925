#include "index/rules/in_place.hpp"

#include <gtest/gtest.h>

#include "index/comparison/coverage.hpp"
#include "index/definition/stored_form.hpp"
#include "unit/index/rules/specs.hpp"

namespace mim::index::testing {
namespace {

using Arguments = std::vector<std::string_view>;

struct Case {
    std::string_view live, wanted;
    std::optional<Arguments> changes;
    ServerVersion version{7, 0};
};

class InPlace : public ::testing::TestWithParam<Case> {};

TEST_P(InPlace, ChoosesCollModOrRebuild) {
    const RuleContext context{GetParam().version, {}};
    const auto live = stored_form(spec_of(GetParam().live), context), wanted = spec_of(GetParam().wanted);
    const auto changes = in_place_changes(live, wanted, context);
    ASSERT_EQ(GetParam().changes.has_value(), changes.has_value());
    if (!changes) return;
    std::vector<bson::Document> expected;
    for (const auto argument : *GetParam().changes) expected.push_back(document(argument));
    EXPECT_EQ(expected, *changes);
    std::vector<Spec> indexes{live};
    for (const auto& change : *changes) indexes[0] = modify(indexes, change, context).modified.value().after;
    EXPECT_TRUE(differences(canonicalise(wanted, context), canonicalise(indexes[0], context)).empty());
}

const std::string_view plain = R"({"key":{"d":1},"name":"n"})";
const std::string_view ttl = R"({"key":{"d":1},"name":"n","expireAfterSeconds":60})";
const std::string_view unique = R"({"key":{"d":1},"name":"n","unique":true})";
const std::string_view compound = R"({"key":{"d":1,"e":1},"name":"n"})";

INSTANTIATE_TEST_SUITE_P(
    Cases, InPlace,
    ::testing::Values(Case{ttl, R"({"key":{"d":1},"name":"n","expireAfterSeconds":90})",
                           Arguments{R"({"name":"n","expireAfterSeconds":90})"}},
                      Case{plain, ttl, Arguments{R"({"name":"n","expireAfterSeconds":60})"}},
                      Case{plain, ttl, std::nullopt, {5, 0}}, Case{ttl, plain, std::nullopt},
                      Case{
                          plain, unique,
                          Arguments{R"({"name":"n","prepareUnique":true})", R"({"name":"n","unique":true})"}},
                      Case{plain, unique, std::nullopt, {5, 0}}, Case{unique, plain, std::nullopt},
                      Case{R"({"key":{"d":1},"name":"n","prepareUnique":true})", unique,
                           Arguments{R"({"name":"n","unique":true})"}},
                      Case{plain, R"({"key":{"d":1},"name":"n","hidden":true,"expireAfterSeconds":60})",
                           Arguments{R"({"name":"n","expireAfterSeconds":60,"hidden":true})"}},
                      Case{R"({"key":{"d":1},"name":"n","hidden":true})", plain,
                           Arguments{R"({"name":"n","hidden":false})"}},
                      Case{plain, R"({"key":{"d":1},"name":"n","sparse":true})", std::nullopt},
                      Case{plain, compound, std::nullopt}, Case{plain, plain, std::nullopt},
                      Case{compound, R"({"key":{"d":1,"e":1},"name":"n","hidden":true})",
                           Arguments{R"({"name":"n","hidden":true})"}},
                      Case{plain, R"({"key":{"d":1},"name":"other","hidden":true})",
                           Arguments{R"({"name":"n","hidden":true})"}}));

int modify_code(std::string_view argument, const RuleContext& context = {}) {
    const std::vector<Spec> indexes{spec_of(R"({"v":2,"key":{"_id":1},"name":"_id_"})"), spec_of(plain),
                                    spec_of(R"({"key":{"d":1,"e":1},"name":"c"})")};
    const auto outcome = modify(indexes, document(argument), context);
    EXPECT_NE(outcome.rejection.has_value(), outcome.modified.has_value());
    return outcome.rejection ? outcome.rejection->code : 0;
}

TEST(Modify, RefusesAsTheServerDoes) {
    EXPECT_EQ(14, modify_code(R"({"name":5,"hidden":true})"));
    EXPECT_EQ(14, modify_code(R"({"name":"n","hidden":"yes"})"));
    EXPECT_EQ(72, modify_code(R"({"keyPattern":{"d":1,"e":1},"expireAfterSeconds":5})"));
    EXPECT_EQ(40415, modify_code(R"({"name":"n","sparse":true})"));
    EXPECT_EQ(40415, modify_code(R"({"name":"n","unique":true,"dryRun":true})")) << "stands beside 'index'";
    EXPECT_EQ(72, modify_code(R"({"name":"n","prepareUnique":true,"hidden":true})"));
    EXPECT_EQ(0, modify_code(R"({"name":"n","prepareUnique":true,"hidden":false})")) << "hidden says nothing";
    EXPECT_EQ(72, modify_code(R"({"name":"n","hidden":null})")) << "null is absent";
    EXPECT_EQ(72, modify_code(R"({"name":null,"hidden":true})"));
    EXPECT_EQ(72, modify_code(R"({"name":"n","expireAfterSeconds":-1})"));
    EXPECT_EQ(6011800, modify_code(R"({"name":"_id_","hidden":true})",
                                   with_collection(CollectionKind::ordinary, R"({"clusteredIndex":true})")));
    EXPECT_EQ(72, modify_code(R"({"name":"n","expireAfterSeconds":5})",
                              with_collection(CollectionKind::ordinary, R"({"capped":true})")));
    EXPECT_EQ(0, modify_code(R"({"name":"n","hidden":false})")) << "the same value is a no-op";
}

bson::Document modify_reply(std::string_view live, std::string_view argument) {
    const auto outcome = modify({spec_of(live)}, document(argument), {});
    return outcome.modified.value().reply;
}

TEST(Modify, TellsWhatItChangedAndNothingElse) {
    EXPECT_EQ(document(R"({"hidden_old":false,"hidden_new":true})"),
              modify_reply(plain, R"({"name":"n","hidden":true})"));
    EXPECT_EQ(bson::Document(), modify_reply(plain, R"({"name":"n","hidden":false})"));
    EXPECT_EQ(bson::Document(), modify_reply(plain, R"({"name":"n","prepareUnique":false})"));
    EXPECT_EQ(bson::Document(), modify_reply(unique, R"({"name":"n","unique":true})"));
}

struct Seconds {
    std::string_view asked;
    std::int64_t told;
};

TEST(Modify, MakesWholeSecondsOfAnyNumber) {
    for (const auto& [asked, told] :
         {Seconds{R"({"$numberDouble":"50.7"})", 50}, Seconds{R"({"$numberDecimal":"50.7"})", 51},
          Seconds{R"({"$numberDecimal":"50.5"})", 50}, Seconds{R"({"$numberDouble":"NaN"})", 0},
          Seconds{R"({"$numberLong":"2147483648"})", 2147483647},
          Seconds{R"({"$numberDecimal":"Infinity"})", 2147483647}}) {
        const auto argument = R"({"name":"n","expireAfterSeconds":)" + std::string(asked) + "}";
        const auto reply = modify_reply(ttl, argument);
        EXPECT_EQ(told, reply.find("expireAfterSeconds_new")->integer()) << asked;
    }
}

TEST(Coverage, ProofIsInWordsAndBothWaysForAFlip) {
    const auto small = spec_of(R"({"key":{"a":1,"b":-1}})"), flipped = spec_of(R"({"key":{"a":-1,"b":1}})");
    const auto proof = covered_by(small, flipped, {});
    ASSERT_TRUE(proof);
    EXPECT_NE(std::string::npos, proof->find("a_-1_b_1")) << *proof;
    EXPECT_TRUE(covered_by(flipped, small, {}));
    EXPECT_FALSE(covered_by(small, small, {}));
    EXPECT_FALSE(
        covered_by(spec_of(R"({"key":{"a":1,"b":1}})"), spec_of(R"({"key":{"a":1,"b":-1,"c":1}})"), {}));
}

TEST(Coverage, NeedsTheSameVersionAndCollation) {
    const auto small = spec_of(R"({"key":{"a":1},"v":1})"), large = spec_of(R"({"key":{"a":1,"b":1},"v":2})");
    EXPECT_FALSE(covered_by(small, large, {}));
    const auto context = with_collection(CollectionKind::ordinary, R"({"collation":{"locale":"en"}})");
    const auto inherits = spec_of(R"({"key":{"a":1}})"),
               says_so = spec_of(R"({"key":{"a":1,"b":1},"collation":{"locale":"en"}})");
    EXPECT_TRUE(covered_by(inherits, says_so, context));
    EXPECT_FALSE(covered_by(inherits, says_so, {}));
}

}  // namespace
}  // namespace mim::index::testing
