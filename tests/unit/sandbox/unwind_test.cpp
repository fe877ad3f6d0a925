// $unwind, and the expressions that go with it.
#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "sandbox/query/pipeline.hpp"

namespace mim::sandbox::query {
namespace {

struct StageCase {
    const char* stage;
    const char* document;
    const char* result;  // the documents, one after the other, relaxed; or the refusal's code
};

class StageCases : public testing::TestWithParam<StageCase> {};

TEST_P(StageCases, Result) {
    const auto stage = bson::parse_json(GetParam().stage).value();
    const auto done = run_stage({bson::parse_json(GetParam().document).value()}, stage);
    std::string text;
    if (!done) text = std::to_string(done.error().code);
    for (const auto& document : done ? *done : std::vector<bson::Document>())
        text += bson::to_json(document, bson::JsonForm::relaxed);
    EXPECT_EQ(text, GetParam().result) << GetParam().stage << " on " << GetParam().document;
}

INSTANTIATE_TEST_SUITE_P(
    Unwind, StageCases,
    testing::Values(
        StageCase{R"({"$unwind": "$a"})", R"({"a": [1, [2]], "b": 0})",
                  R"({ "a" : 1, "b" : 0 }{ "a" : [ 2 ], "b" : 0 })"},
        StageCase{R"({"$unwind": "$a"})", R"({"a": 5})", R"({ "a" : 5 })"},
        StageCase{R"({"$unwind": "$a"})", R"({"a": []})", ""},
        StageCase{R"({"$unwind": "$a"})", R"({"a": null})", ""},
        StageCase{R"({"$unwind": "$a"})", R"({"b": 1})", ""},
        StageCase{R"({"$unwind": {"path": "$a", "preserveNullAndEmptyArrays": true}})",
                  R"({"a": [], "b": 1})", R"({ "b" : 1 })"},
        StageCase{R"({"$unwind": {"path": "$a", "preserveNullAndEmptyArrays": true}})", R"({"a": null})",
                  R"({ "a" : null })"},
        StageCase{R"({"$unwind": {"path": "$a", "preserveNullAndEmptyArrays": true}})", R"({"b": 1})",
                  R"({ "b" : 1 })"},
        StageCase{R"({"$unwind": {"path": "$a.b", "includeArrayIndex": "i"}})", R"({"a": {"b": [7, 8]}})",
                  R"({ "a" : { "b" : 7 }, "i" : 0 }{ "a" : { "b" : 8 }, "i" : 1 })"},
        StageCase{R"({"$unwind": "a"})", "{}", "28818"}, StageCase{R"({"$unwind": 1})", "{}", "28808"},
        StageCase{R"({"$unwind": {}})", "{}", "28812"},
        StageCase{R"({"$unwind": {"path": "$a", "more": 1}})", "{}", "28811"},
        StageCase{R"({"$unwind": {"path": "$a", "preserveNullAndEmptyArrays": 1}})", "{}", "28809"},
        StageCase{R"({"$unwind": {"path": "$a", "includeArrayIndex": ""}})", "{}", "28810"}));

// Each as MongoDB 5.0 answers it.
INSTANTIATE_TEST_SUITE_P(
    GroupsOfWhatIsMissing, StageCases,
    testing::Values(StageCase{R"({"$group": {"_id": "$a"}})", "{}", R"({ "_id" : null })"},
                    StageCase{R"({"$group": {"_id": {"k": "$a"}}})", "{}", R"({ "_id" : { "k" : null } })"},
                    StageCase{R"({"$group": {"_id": {"k": "$a", "l": "$b"}}})", "{}", R"({ "_id" : {  } })"},
                    StageCase{R"({"$group": {"_id": {"k": "$a", "z": {"$literal": 0}}}})", "{}",
                              R"({ "_id" : { "z" : 0 } })"},
                    StageCase{R"({"$group": {"_id": {"k": {"l": "$a"}}}})", "{}",
                              R"({ "_id" : { "k" : {  } } })"}));

INSTANTIATE_TEST_SUITE_P(
    Expressions, StageCases,
    testing::Values(
        StageCase{R"({"$project": {"x": {"$isArray": "$a"}}})", R"({"a": [1]})", R"({ "x" : true })"},
        StageCase{R"({"$project": {"x": {"$isArray": ["$a"]}}})", R"({"a": 1})", R"({ "x" : false })"},
        StageCase{R"({"$project": {"x": {"$isArray": ["$a", 1]}}})", R"({"a": 1})", "16020"},
        StageCase{R"({"$project": {"x": {"$cond": ["$a", 1, 2]}}})", R"({"a": 0})", R"({ "x" : 2 })"},
        StageCase{R"({"$project": {"x": {"$cond": ["$a", 1, {"$setUnion": 5}]}}})", R"({"a": true})",
                  R"({ "x" : 1 })"},
        StageCase{R"({"$project": {"x": {"$cond": ["$a", 1]}}})", "{}", "16020"},
        StageCase{R"({"$project": {"x": {"$setUnion": ["$a", [3]]}}})", R"({"a": [1, 1.0, 2]})",
                  R"({ "x" : [ 1, 2, 3 ] })"},
        StageCase{R"({"$project": {"x": {"$setUnion": ["$a"]}}})", "{}", R"({ "x" : null })"},
        StageCase{R"({"$project": {"x": {"$setUnion": ["$a"]}}})", R"({"a": 1})", "17043"}));

TEST(PipelineLetters, DecideWhatIsOneGroupAndOneElement) {
    const auto list =
        std::vector{bson::parse_json(R"({"a": "x"})").value(), bson::parse_json(R"({"a": "X"})").value()};
    const auto stage = bson::parse_json(R"({"$group": {"_id": {"a": "$a"}}})").value();
    EXPECT_EQ(run_stage(list, stage)->size(), 2U);
    EXPECT_EQ(run_stage(list, stage, Letters::folded)->size(), 1U);
    const auto united = bson::parse_json(R"({"$project": {"n": {"$setUnion": [["x", "X"]]}}})").value();
    const auto all = run_stage({bson::Document()}, united, Letters::folded);
    EXPECT_EQ(all->at(0).find("n")->document()->size(), 1U);
}

}  // namespace
}  // namespace mim::sandbox::query
