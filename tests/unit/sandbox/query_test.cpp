#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "sandbox/query/filter.hpp"
#include "sandbox/query/order.hpp"
#include "sandbox/query/pipeline.hpp"

namespace mim::sandbox::query {
namespace {

bson::Document json(std::string_view text) {
    return bson::parse_json(text).value();
}

bson::Document json_list(std::string_view text) {
    const auto holder = json(R"({"list": )" + std::string(text) + "}");
    return bson::Document(*holder.find("list")->document());
}

struct MatchCase {
    const char* filter;
    const char* document;
    bool matches;
};

class FilterCases : public testing::TestWithParam<MatchCase> {};

TEST_P(FilterCases, Decides) {
    const auto filter = Filter::parse(json(GetParam().filter));
    ASSERT_TRUE(filter) << GetParam().filter;
    EXPECT_EQ(filter->matches(json(GetParam().document)), GetParam().matches)
        << GetParam().filter << " on " << GetParam().document;
}

INSTANTIATE_TEST_SUITE_P(
    Table, FilterCases,
    testing::Values(MatchCase{"{}", "{}", true}, MatchCase{R"({"a": 1})", R"({"a": 1.0})", true},
                    MatchCase{R"({"a": 1})", R"({"a": "1"})", false}, MatchCase{R"({"a": null})", "{}", true},
                    MatchCase{R"({"a": 2})", R"({"a": [1, 2]})", true},
                    MatchCase{R"({"a": [1, 2]})", R"({"a": [1, 2]})", true},
                    MatchCase{R"({"a.b": 2})", R"({"a": [{"b": 1}, {"b": 2}]})", true},
                    MatchCase{R"({"a.0.b": 2})", R"({"a": [{"b": 1}, {"b": 2}]})", false},
                    MatchCase{R"({"a": {"$gt": 1, "$lt": 3}})", R"({"a": 2})", true},
                    MatchCase{R"({"a": {"$gt": 1}})", R"({"a": "z"})", false},
                    MatchCase{R"({"a": {"$ne": 1}})", "{}", true},
                    MatchCase{R"({"a": {"$in": [1, null]}})", "{}", true},
                    MatchCase{R"({"a": {"$nin": [1]}})", R"({"a": 1})", false},
                    MatchCase{R"({"a": {"$exists": false}})", R"({"a": null})", false},
                    MatchCase{R"({"a": {"$type": "string"}})", R"({"a": ["x"]})", true},
                    MatchCase{R"({"a": {"$type": "number"}})", R"({"a": 1})", true},
                    MatchCase{R"({"a": {"$type": 2}})", R"({"a": 1})", false},
                    MatchCase{R"({"a": {"$size": 2}})", R"({"a": [1, 2]})", true},
                    MatchCase{R"({"a": {"$all": [1, 2]}})", R"({"a": [2, 1, 3]})", true},
                    MatchCase{R"({"a": {"$elemMatch": {"b": 1, "c": 1}}})", R"({"a": [{"b": 1}, {"c": 1}]})",
                              false},
                    MatchCase{R"({"a": {"$not": {"$gt": 1}}})", R"({"a": 1})", true},
                    MatchCase{R"({"$or": [{"a": 1}, {"b": 1}]})", R"({"b": 1})", true},
                    MatchCase{R"({"$nor": [{"a": 1}]})", R"({"a": 1})", false},
                    MatchCase{R"({"$and": [{"a": 1}, {"b": 1}]})", R"({"a": 1})", false},
                    MatchCase{R"({"a": {"$regex": "^in", "$options": "i"}})", R"({"a": "INdex"})", true},
                    MatchCase{R"({"a": {"$regex": "(a+)+$"}})",
                              R"({"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"})", false}));

TEST(Filter, RefusesWhatItDoesNotKnow) {
    for (const char* bad : {R"({"a": {"$wat": 1}})", R"({"$wat": 1})", R"({"$or": []})", R"({"$or": 1})",
                            R"({"a": {"$in": 1}})", R"({"a": {"$size": "x"}})", R"({"a": {"$regex": "("}})"})
        EXPECT_FALSE(Filter::parse(json(bad))) << bad;
}

TEST(Order, RanksTypesAndComparesNumbersByValue) {
    const auto values =
        json_list(R"([{"$minKey": 1}, null, {"$numberDouble": "NaN"}, -1, {"$numberLong": "2"}, 2.5, "a", "b",
                                 {"a": 1}, {"a": 2}, [1], false, true, {"$maxKey": 1}])");
    std::vector<bson::ValueView> list;
    for (const auto value : values) list.push_back(value);
    for (std::size_t left = 0; left < list.size(); ++left) {
        for (std::size_t right = 0; right < list.size(); ++right) {
            EXPECT_EQ(compare(list[left], list[right]) < 0, left < right) << left << " and " << right;
            EXPECT_EQ(key_text(list[left]) == key_text(list[right]), left == right)
                << left << " and " << right;
        }
    }
}

TEST(Order, EqualNumbersHaveOneKey) {
    const auto values = json_list(R"([3, {"$numberLong": "3"}, 3.0, {"$numberDecimal": "3"}])");
    for (const auto value : values) EXPECT_EQ(key_text(value), key_text(*values.find("0")));
    EXPECT_EQ(key_text(bson::Value::string("ABC").view(), Letters::folded),
              key_text(bson::Value::string("abc").view()));
}

Answer<std::vector<bson::Document>> run(std::vector<bson::Document> documents, std::string_view stages) {
    for (const auto stage : json_list(stages)) {
        MIM_TRY(next, run_stage(std::move(documents), *stage.document()));
        documents = std::move(next);
    }
    return documents;
}

TEST(Pipeline, FindsDuplicates) {
    const auto found =
        run({json(R"({"_id": 1, "a": 1})"), json(R"({"_id": 2, "a": 1.0})"), json(R"({"_id": 3})")},
            R"([{"$group": {"_id": "$a", "n": {"$sum": 1}, "ids": {"$push": "$_id"}}},
                               {"$match": {"n": {"$gt": 1}}}, {"$project": {"_id": 0}}])");
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ(bson::to_json(found->front(), bson::JsonForm::relaxed),
              bson::to_json(json(R"({"n": 2, "ids": [1, 2]})"), bson::JsonForm::relaxed));
}

TEST(Pipeline, SortsSkipsLimitsAndCounts) {
    std::vector<bson::Document> documents;
    for (const char* text : {R"({"a": 3})", R"({"a": 1})", R"({"a": 2})"}) documents.push_back(json(text));
    const auto sorted = run(documents, R"([{"$sort": {"a": -1}}, {"$skip": 1}, {"$limit": 1}])");
    ASSERT_EQ(sorted->size(), 1U);
    EXPECT_EQ(sorted->front().find("a")->integer(), 2);
    EXPECT_EQ(run(documents, R"([{"$count": "n"}])")->front().find("n")->integer(), 3);
}

TEST(Pipeline, RefusesUnknownStages) {
    EXPECT_EQ(run({}, R"([{"$wat": 1}])").error().code, 40324);
    EXPECT_EQ(run({}, R"([{"$group": {"n": {"$sum": 1}}}])").error().code, 15955);
    EXPECT_EQ(run({}, R"([{"$limit": 0}])").error().code, 5107201);
}

}  // namespace
}  // namespace mim::sandbox::query
