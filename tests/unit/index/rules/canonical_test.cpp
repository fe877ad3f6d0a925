#include "index/canonical/canonical.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "index/canonical/told_value.hpp"
#include "index/definition/stored_form.hpp"
#include "unit/index/rules/specs.hpp"

namespace mim::index::testing {
namespace {

const RuleContext usual{};

std::string signature(std::string_view json, const RuleContext& context = usual) {
    return canonicalise(spec_of(json), context).signature;
}

struct SignatureCase {
    std::string_view spec;
    std::string_view wanted;
};

class Signature : public ::testing::TestWithParam<SignatureCase> {};

TEST_P(Signature, Reads) {
    EXPECT_EQ(GetParam().wanted, signature(GetParam().spec));
}

INSTANTIATE_TEST_SUITE_P(
    Readable, Signature,
    ::testing::Values(
        SignatureCase{R"({"key":{"customer_id":1,"created_at":-1}})", "customer_id_1_created_at_-1"},
        SignatureCase{R"({"key":{"a":{"$numberDouble":"1.0"},"b":{"$numberLong":"-1"}}})", "a_1_b_-1"},
        SignatureCase{R"({"key":{"a":{"$numberDecimal":"0.5"}}})", "a_0.5"},
        SignatureCase{R"({"key":{"a":1},"unique":true,"sparse":1})", "a_1 unique sparse"},
        SignatureCase{R"({"key":{"a":1},"unique":false,"sparse":false,"hidden":true})", "a_1"},
        SignatureCase{R"({"key":{"a":1},"collation":{"locale":"en","strength":2,"version":"57.1"}})",
                      R"(a_1 collation={"locale":"en","strength":2})"},
        SignatureCase{R"({"key":{"a":1},"collation":{"locale":"simple"}})", "a_1"},
        SignatureCase{R"({"key":{"a":1},"partialFilterExpression":{"b":{"$gt":5}}})",
                      R"(a_1 filter={"b":{"$gt":5}})"},
        SignatureCase{R"({"key":{"$**":1},"wildcardProjection":{"b":{"c":1},"a":true,"_id":0}})",
                      R"($**_1 projection={"a":1,"b.c":1})"},
        SignatureCase{R"({"key":{"k":1,"t":"text"}})", "k_1__fts_text__ftsx_1"},
        SignatureCase{R"({"key":{"l":"2dsphere"}})", "l_2dsphere"},
        SignatureCase{R"({"key":{"a_1":1}})", R"("a_1"_1)"},
        SignatureCase{R"({"key":{"x y":1}})", R"("x y"_1)"}));

TEST(Signature, TellsApartWhatDefaultNamesConfuse) {
    const std::vector<std::string_view> different{R"({"key":{"a":1,"b":1}})",
                                                  R"({"key":{"a_1_b":1}})",
                                                  R"({"key":{"a_1":1,"b":1}})",
                                                  R"({"key":{"a":1,"b":-1}})",
                                                  R"({"key":{"a":1,"b_-1":1}})",
                                                  R"({"key":{"a":"text"}})",
                                                  R"({"key":{"a_text":1}})",
                                                  R"({"key":{"a":5}})",
                                                  R"({"key":{"a":1}})",
                                                  R"({"key":{"a":1},"unique":true})",
                                                  R"({"key":{"a":1,"unique":1}})",
                                                  R"({"key":{"b":1,"a":1}})",
                                                  R"({"key":{"\"a\"":1}})",
                                                  R"({"key":{"a_1 unique":1}})",
                                                  R"({"key":{"a":{"$numberDecimal":"0.1"}}})",
                                                  R"({"key":{"a":0.1}})"};
    std::map<std::string, std::string_view> seen;
    for (const auto json : different) {
        const auto [at, added] = seen.emplace(signature(json), json);
        EXPECT_TRUE(added) << json << " and " << at->second << " are both " << at->first;
    }
}

struct FilterPair {
    std::string_view left, right;
    bool equal;
};

class Filter : public ::testing::TestWithParam<FilterPair> {};

TEST_P(Filter, ComparesAsParsedTree) {
    const auto text = [](std::string_view filter) {
        return signature(R"({"key":{"k":1},"partialFilterExpression":)" + std::string(filter) + "}");
    };
    EXPECT_EQ(GetParam().equal, text(GetParam().left) == text(GetParam().right))
        << text(GetParam().left) << " and " << text(GetParam().right);
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, Filter,
    ::testing::Values(FilterPair{R"({"a":{"$gt":0,"$lt":10},"b":"x"})",
                                 R"({"$and":[{"b":"x"},{"a":{"$lt":10}},{"a":{"$gt":0}}]})", true},
                      FilterPair{R"({"a":1})", R"({"a":{"$eq":1}})", true},
                      FilterPair{R"({"a":1})", R"({"a":{"$numberDouble":"1.0"}})", true},
                      FilterPair{R"({"a":{"$in":[2,1,2]}})", R"({"a":{"$in":[1,2]}})", true},
                      FilterPair{R"({"a":{"$in":[1]}})", R"({"a":1})", true},
                      FilterPair{R"({"a":{"$exists":1}})", R"({"a":{"$exists":true}})", true},
                      FilterPair{R"({"a":{"$all":[1,2]}})", R"({"$and":[{"a":1},{"a":2}]})", true},
                      FilterPair{R"({"a":{"$all":[1]}})", R"({"a":1})", true},
                      FilterPair{R"({"a":{"$all":[1,2]}})", R"({"a":{"$all":[2,1]}})", false},
                      FilterPair{R"({"a":{"$all":[1,1]}})", R"({"a":1})", false},
                      FilterPair{R"({"$or":[{"a":1},{"b":1}]})", R"({"$or":[{"b":1},{"a":1}]})", true},
                      FilterPair{R"({"$or":[{"a":1}]})", R"({"a":1})", true},
                      FilterPair{R"({"$or":[{"a":1},{"b":1}]})", R"({"a":1,"b":1})", false},
                      FilterPair{R"({"a":"x"})", R"({"a":"X"})", false},
                      FilterPair{R"({"a":1})", R"({"a":"1"})", false},
                      FilterPair{R"({"a":{"b":1}})", R"({"a.b":1})", false},
                      FilterPair{R"({"a":{"b":1,"c":1}})", R"({"a":{"c":1,"b":1}})", false},
                      FilterPair{R"({"$and":[{"a":{"$lt":1}},{"a":{"$lt":2}}]})",
                                 R"({"$and":[{"a":{"$lt":2}},{"a":{"$lt":1}}]})", false},
                      FilterPair{R"({"a":{"$gt":5}})", R"({"a":{"$gte":5}})", false},
                      FilterPair{R"({})", R"({"a":1})", false},
                      FilterPair{R"({"a":{"$date":{"$numberLong":"5"}}})", R"({"a":{"$numberLong":"5"}})",
                                 false}));

TEST(Canonical, EmptyFilterIsNotNoFilter) {
    EXPECT_NE(signature(R"({"key":{"a":1}})"), signature(R"({"key":{"a":1},"partialFilterExpression":{}})"));
}

TEST(Canonical, BeforeFiveZeroOnlyKeyAndCollationIdentify) {
    const auto old = at_version(4, 4);
    const auto json =
        R"({"key":{"a":1},"unique":true,"partialFilterExpression":{"b":1},"collation":{"locale":"en"}})";
    EXPECT_EQ(R"(a_1 collation={"locale":"en"})", signature(json, old));
    EXPECT_TRUE(canonicalise(spec_of(json), old).options.contains("unique"));
}

TEST(Canonical, InheritsTheCollectionsCollation) {
    const auto context =
        with_collection(CollectionKind::ordinary, R"({"collation":{"locale":"en","strength":2}})");
    const auto inherited = signature(R"({"key":{"a":1}})", context);
    EXPECT_EQ(R"(a_1 collation={"locale":"en","strength":2})", inherited);
    EXPECT_EQ(inherited, signature(R"({"key":{"a":1},"collation":{"locale":"en","strength":2}})", context));
    EXPECT_EQ("a_1", signature(R"({"key":{"a":1},"collation":{"locale":"simple"}})", context));
    EXPECT_EQ("a_1", signature(R"({"v":2,"key":{"a":1},"name":"a_1"})", context))
        << "as listed, absent is simple";
}

std::vector<std::string> names_of(const std::vector<OptionDifference>& differences) {
    std::vector<std::string> names;
    for (const auto& difference : differences) names.push_back(difference.option);
    return names;
}

std::vector<std::string> difference_names(std::string_view registry, std::string_view database) {
    return names_of(
        differences(canonicalise(spec_of(registry), usual), canonicalise(spec_of(database), usual)));
}

TEST(Differences, AreNamedAsMongoDbNamesThem) {
    using Names = std::vector<std::string>;
    EXPECT_EQ((Names{"expireAfterSeconds", "key", "unique"}),
              difference_names(R"({"key":{"a":1},"expireAfterSeconds":5,"unique":true})",
                               R"({"key":{"b":1},"expireAfterSeconds":6})"));
    EXPECT_EQ((Names{"weights"}), difference_names(R"({"key":{"a":"text"}})", R"({"key":{"b":"text"}})"));
    EXPECT_EQ((Names{"bits"}), difference_names(R"({"key":{"a":"2d"},"bits":26})", R"({"key":{"a":"2d"}})"));
    EXPECT_EQ((Names{"somethingNew"}),
              difference_names(R"({"key":{"a":1}})", R"({"key":{"a":1},"somethingNew":{"x":1}})"));
    EXPECT_EQ(Names{}, difference_names(R"({"key":{"a":1},"v":1,"background":true})",
                                        R"({"key":{"a":1},"ns":"d.c"})"));
    EXPECT_EQ(Names{}, difference_names(R"({"key":{"a":1},"expireAfterSeconds":3600.5})",
                                        R"({"key":{"a":1},"expireAfterSeconds":3600})"));
}

TEST(Differences, AVersionLeftOpenIsTheServersChoice) {
    const auto open = R"({"key":{"a":"2dsphere"}})",
               old = R"({"key":{"a":"2dsphere"},"2dsphereIndexVersion":2})";
    EXPECT_EQ(std::vector<std::string>{}, difference_names(open, old));
    EXPECT_EQ(std::vector<std::string>{"2dsphereIndexVersion"}, difference_names(old, open));
}

TEST(Differences, CarryBothValuesAsWritten) {
    const auto found = differences(
        canonicalise(spec_of(R"({"key":{"a":1},"expireAfterSeconds":{"$numberLong":"5"}})"), usual),
        canonicalise(spec_of(R"({"key":{"a":1}})"), usual));
    ASSERT_EQ(1U, found.size());
    EXPECT_EQ(bson::Value::int64(5), found[0].registry);
    EXPECT_EQ(std::nullopt, found[0].database);
}

std::string told(std::string_view registry, std::string_view database) {
    const auto found =
        differences(canonicalise(spec_of(registry), usual), canonicalise(spec_of(database), usual));
    const auto value = told_value(found.at(0), found.at(0).database);
    return value ? bson::to_json(value->view(), bson::JsonForm::relaxed) : "none";
}

TEST(Differences, AreToldWithWhatLeavingOutMeans) {
    EXPECT_EQ("false", told(R"({"key":{"a":1},"hidden":true})", R"({"key":{"a":1}})"));
    EXPECT_EQ("false", told(R"({"key":{"a":1},"unique":true})", R"({"key":{"a":1}})"));
    EXPECT_EQ("\"english\"",
              told(R"({"key":{"a":"text"},"default_language":"german"})", R"({"key":{"a":"text"}})"));
    EXPECT_EQ("3",
              told(R"({"key":{"a":"2dsphere"},"2dsphereIndexVersion":2})", R"({"key":{"a":"2dsphere"}})"));
    EXPECT_EQ(R"({ "locale" : "simple" })",
              told(R"({"key":{"a":1},"collation":{"locale":"en"}})", R"({"key":{"a":1}})"));
    EXPECT_EQ("none", told(R"({"key":{"a":1},"expireAfterSeconds":5})", R"({"key":{"a":1}})"));
    EXPECT_EQ("5", told(R"({"key":{"a":1}})", R"({"key":{"a":1},"expireAfterSeconds":5})"));
}

}  // namespace
}  // namespace mim::index::testing
