#include "index/definition/stored_form.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "unit/index/rules/specs.hpp"

namespace mim::index::testing {
namespace {

TEST(UserForm, FindsTheTextFieldsAgain) {
    const auto declared = spec_of(R"({"key":{"k":1,"b":"text","a":"text"},"weights":{"a":5},"name":"n"})");
    const auto back = user_form(stored_form(declared, {}));
    EXPECT_EQ(spec_of(R"({"key":{"k":1,"a":"text","b":"text"},"weights":{"a":5},"name":"n"})"), back);
}

TEST(UserForm, KeepsTheStoredKeyWhereTheDeclaredOneWouldBeRefused) {
    const auto declared = spec_of(R"({"key":{"b":1,"a":"text"},"weights":{"b":5},"name":"n"})");
    const auto back = user_form(stored_form(declared, {}));
    EXPECT_EQ(document(R"({"b":1,"_fts":"text","_ftsx":1})"), back.key);
    EXPECT_FALSE(check(back, {}));
}

TEST(UserForm, NamesOneTextFieldWhereDocumentsExpire) {
    const auto declared =
        spec_of(R"({"key":{"b":"text"},"weights":{"a":1,"c":5},"expireAfterSeconds":60,"name":"n"})");
    const auto stored = stored_form(declared, {});
    const auto back = user_form(stored);
    EXPECT_EQ(document(R"({"a":"text"})"), back.key);
    EXPECT_FALSE(check(back, {}));
    EXPECT_EQ(stored, stored_form(back, {}));
}

TEST(UserForm, DropsWhatTheServerFilledIn) {
    const auto declared =
        spec_of(R"({"key":{"l":"2dsphere"},"collation":{"locale":"fr_CA","strength":2},"name":"n"})");
    EXPECT_EQ(declared, user_form(stored_form(declared, {})));
}

TEST(UserForm, SaysSimpleWhereTheCollectionHasACollation) {
    const auto context = with_collection(CollectionKind::ordinary, R"({"collation":{"locale":"en"}})");
    const auto simple = spec_of(R"({"key":{"a":1},"collation":{"locale":"simple"},"name":"n"})");
    const auto stored = stored_form(simple, context);
    EXPECT_FALSE(stored.options.contains("collation"));
    EXPECT_EQ(simple, user_form(stored, context));
    const auto inheriting = spec_of(R"({"key":{"a":1},"name":"n"})");
    EXPECT_EQ(inheriting, user_form(stored_form(inheriting, context), context));
}

TEST(StoredForm, CutsWeightsAndRoundsThoseOfADecimal) {
    const auto declared = spec_of(
        R"({"key":{"a":"text"},"weights":{"b":2.7,"c":{"$numberDecimal":"1.5"},"d":1e300},"name":"n"})");
    const auto stored = stored_form(declared, {});
    EXPECT_EQ(document(R"({"a":1,"b":2,"c":2,"d":2147483647})"),
              bson::Document(*stored.options.find("weights")->document()));
}

TEST(StoredForm, TypesNumbersSinceFiveZero) {
    const auto declared =
        spec_of(R"({"key":{"d":1},"expireAfterSeconds":{"$numberDouble":"60.0"},"sparse":1,"name":"n"})");
    EXPECT_EQ(document(R"({"v":2,"expireAfterSeconds":60,"sparse":true})"),
              stored_form(declared, {}).options);
    EXPECT_EQ(document(R"({"v":2,"expireAfterSeconds":{"$numberDouble":"60.0"},"sparse":1})"),
              stored_form(declared, at_version(4, 4)).options);
}

TEST(StoredForm, AFractionOfASecondCountsButIsNotListed) {
    const auto half = stored_form(spec_of(R"({"key":{"d":1},"expireAfterSeconds":3600.5,"name":"n"})"), {});
    const auto whole = stored_form(spec_of(R"({"key":{"d":1},"expireAfterSeconds":3600,"name":"n"})"), {});
    EXPECT_EQ(Meeting::other_options, meet(half, whole, {}));
    EXPECT_EQ(whole, listed_form(half, {}));
}

TEST(StoredForm, AFilterIsComparedAsItIsWrittenBeforeFiveZero) {
    const auto met = [](const std::string& one, const std::string& other, const RuleContext& context) {
        const auto stored = [&context](const std::string& filter) {
            return stored_form(
                spec_of(R"({"key":{"d":1},"name":"n","partialFilterExpression":)" + filter + "}"), context);
        };
        return meet(stored(one), stored(other), context);
    };
    const auto old = at_version(4, 4), recent = at_version(5, 0);
    const std::string one = R"({"a":1,"b":1})";
    for (const std::string other :
         {R"({"b":1,"a":1})", R"({"$and":[{"a":1},{"b":1}]})", R"({"a":{"$eq":1},"b":1})"}) {
        EXPECT_EQ(Meeting::other_options, met(one, other, old)) << other;
        EXPECT_EQ(Meeting::identical, met(one, other, recent)) << other;
    }
    const std::string other_types = R"({"a":{"$numberDouble":"1.0"},"b":1})";
    EXPECT_EQ(Meeting::identical, met(one, other_types, old));
}

TEST(StoredForm, AFractionOfASecondIsCutSinceSevenThree) {
    const auto since = at_version(8, 0);
    const auto half =
        stored_form(spec_of(R"({"key":{"d":1},"expireAfterSeconds":3600.5,"name":"n"})"), since);
    const auto whole = stored_form(spec_of(R"({"key":{"d":1},"expireAfterSeconds":3600,"name":"n"})"), since);
    EXPECT_EQ(half, whole);
    EXPECT_EQ(Meeting::identical, meet(half, whole, since));
}

TEST(StoredForm, NotANumberOfSecondsIsWhatTheServerMakesOfIt) {
    const auto seconds_at = [](const RuleContext& context) {
        const auto stored = stored_form(
            spec_of(R"({"key":{"d":1},"expireAfterSeconds":{"$numberDouble":"NaN"},"name":"n"})"), context);
        return bson::to_json(*stored.options.find("expireAfterSeconds"));
    };
    EXPECT_EQ(R"({ "$numberDouble" : "NaN" })", seconds_at(at_version(4, 4)));
    EXPECT_EQ(R"({ "$numberInt" : "0" })", seconds_at(at_version(5, 0)));
    EXPECT_EQ(R"({ "$numberInt" : "2147483647" })", seconds_at(at_version(6, 0)));
}

TEST(StoredForm, TheIdIndexHasItsOneName) {
    EXPECT_EQ("_id_", stored_form(spec_of(R"({"key":{"_id":1},"name":"pk"})"), {}).name);
    const auto series = with_collection(CollectionKind::time_series, R"({"timeseries":{"timeField":"t"}})");
    EXPECT_EQ("pk", stored_form(spec_of(R"({"key":{"_id":1},"name":"pk"})"), series).name);
}

TEST(Collation, FrenchOfCanadaSortsAccentsBackwards) {
    EXPECT_TRUE(*expand_collation(document(R"({"locale":"fr_CA"})")).find("backwards")->boolean());
    EXPECT_FALSE(
        *expand_collation(document(R"({"locale":"fr_CA","backwards":false})")).find("backwards")->boolean());
    EXPECT_FALSE(*expand_collation(document(R"({"locale":"fr"})")).find("backwards")->boolean());
    EXPECT_EQ(document(R"({"locale":"simple"})"), expand_collation(document(R"({"locale":"simple"})")));
}

TEST(Collation, AStrengthIsReadAsTheServerReadsIt) {
    const auto strength_of = [](std::string_view number) {
        const auto whole =
            expand_collation(document(R"({"locale":"en","strength":)" + std::string(number) + "}"));
        return whole.find("strength")->integer();
    };
    EXPECT_EQ(2, strength_of(R"({"$numberDouble":"2.9"})"));
    EXPECT_EQ(2, strength_of(R"({"$numberDecimal":"2.5"})")) << "half to even";
    EXPECT_EQ(4, strength_of(R"({"$numberDecimal":"3.5"})"));
    EXPECT_EQ(3, strength_of("null"));
    EXPECT_EQ(4, strength_of(R"({"$numberLong":"4"})"));
}

TEST(Spec, DocumentAndBack) {
    const auto text =
        R"({"v":2,"key":{"b":1,"a":{"$numberDouble":"-1.0"}},"name":"n","unique":true,"strange":[1]})";
    const auto spec = Spec::from_document(document(text));
    EXPECT_EQ(spec, Spec::from_document(spec.to_document()));
    EXPECT_TRUE(spec.options.contains("strange"));
    EXPECT_FALSE(spec.options.contains("key"));
}

TEST(Spec, DefaultNames) {
    EXPECT_EQ("a_1_b_-1", default_name(document(R"({"a":1,"b":{"$numberDouble":"-1.0"}})")));
    EXPECT_EQ("t_text_$**_1", default_name(document(R"({"t":"text","$**":1})")));
    EXPECT_EQ("loc_2dsphere", default_name(document(R"({"loc":"2dsphere"})")));
    EXPECT_EQ("a_0.5", default_name(document(R"({"a":0.5})")));
}

struct NumberName {
    std::string_view value, name;
};

// As mongosh names them: measured with its template `${field}_${value}`.
TEST(Spec, DefaultNamesOfNumbersAreMongoshs) {
    for (const auto& [value, name] :
         {NumberName{R"({"$numberDouble":"1e-07"})", "a_1e-7"},
          {R"({"$numberDouble":"1.5e-9"})", "a_1.5e-9"},
          {R"({"$numberDouble":"0.000001"})", "a_0.000001"},
          {R"({"$numberDouble":"1e21"})", "a_1e+21"},
          {R"({"$numberDouble":"-1.25e22"})", "a_-1.25e+22"},
          {R"({"$numberDouble":"123456789012345680000"})", "a_123456789012345680000"},
          {R"({"$numberDouble":"100.0"})", "a_100"},
          {R"({"$numberDouble":"12.5"})", "a_12.5"},
          {R"({"$numberDouble":"Infinity"})", "a_Infinity"},
          {R"({"$numberDouble":"-Infinity"})", "a_-Infinity"},
          {R"({"$numberLong":"9007199254740993"})", "a_9007199254740993"},
          {R"({"$numberDecimal":"1.50"})", "a_1.50"},
          {R"({"$numberDecimal":"1E+3"})", "a_1E+3"}}) {
        EXPECT_EQ(name, default_name(document(R"({"a":)" + std::string(value) + "}")));
    }
}

}  // namespace
}  // namespace mim::index::testing
