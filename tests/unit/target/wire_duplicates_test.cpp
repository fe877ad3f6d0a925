// Looking for duplicates, judged by the server itself: it takes a unique index exactly when none are found.
#include "bson/builder.hpp"
#include "bson/elements.hpp"
#include "target/duplicates.hpp"
#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

using Verdict = index::DuplicateReport::Verdict;

struct DuplicateCase {
    const char* what;
    const char* spec;       // the index, without `unique`
    const char* documents;  // their _id is given by their place
    Verdict verdict;
    const char* first_group = "";  // of found: its values, relaxed
    std::int64_t count = 2;
};

std::ostream& operator<<(std::ostream& out, const DuplicateCase& one) {
    return out << one.what;
}

class WireDuplicates : public Wire {
  protected:
    void fill(const std::string& documents) {
        bson::Array numbered;
        std::int32_t number = 0;
        const auto list = bson::parse_json(R"({"list": )" + documents + "}").value();
        for (const auto each : bson::elements(*list.find("list")))
            numbered.add(bson::Builder().add("_id", number++).add_all(*each.document()).take());
        if (number == 0) return;
        const auto insert = bson::Builder().add("insert", "c").add_array("documents", numbered.take()).take();
        (void)command(bson::to_json(insert));
    }
    Result<index::DuplicateReport> look(const std::string& spec) {
        return target()->find_duplicates("c", spec_of(spec), soon());
    }
};

class DuplicateCases : public WireDuplicates, public testing::WithParamInterface<DuplicateCase> {};

TEST_P(DuplicateCases, AreFoundAsTheServerFindsThem) {
    const DuplicateCase& one = GetParam();
    fill(one.documents);
    const auto report = look(one.spec);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->verdict, one.verdict) << report->reason;
    EXPECT_EQ(report->reason.empty(), one.verdict != Verdict::not_checked);
    if (one.verdict == Verdict::found) {
        ASSERT_FALSE(report->groups.empty());
        ASSERT_TRUE(report->groups[0].values);
        EXPECT_EQ(bson::to_json(*report->groups[0].values, bson::JsonForm::relaxed), one.first_group);
        EXPECT_EQ(report->groups[0].documents, one.count);
    }
    if (one.verdict == Verdict::not_checked) return;
    index::Spec spec = spec_of(one.spec);
    spec.options = bson::Builder().add_all(spec.options).add("unique", true).take();
    SteadyObserver observer;
    const auto built = target()->create_indexes("c", {spec}, soon(), observer);
    EXPECT_EQ(built.has_value(), one.verdict == Verdict::none);
    EXPECT_TRUE(built || built.error().server->code == 11000) << (built ? "" : built.error().message);
}

#define MIM_KEY_A R"({"name": "i", "key": {"a": 1}})"

INSTANTIATE_TEST_SUITE_P(
    Table, DuplicateCases,
    testing::Values(
        DuplicateCase{"no documents", MIM_KEY_A, "[]", Verdict::none},
        DuplicateCase{"all different", MIM_KEY_A, R"([{"a": 1}, {"a": 2}, {"a": "1"}])", Verdict::none},
        DuplicateCase{"twice", MIM_KEY_A, R"([{"a": 1}, {"a": 2}, {"a": 1}])", Verdict::found,
                      R"({ "a" : 1 })"},
        DuplicateCase{"numbers by value", MIM_KEY_A,
                      R"([{"a": 1}, {"a": {"$numberDouble": "1.0"}}, {"a": {"$numberLong": "1"}}])",
                      Verdict::found, R"({ "a" : 1 })", 3},
        DuplicateCase{"missing is null", MIM_KEY_A, R"([{"b": 1}, {"a": null}])", Verdict::found,
                      R"({ "a" : null })"},
        DuplicateCase{"sparse leaves missing ones out", R"({"name": "i", "key": {"a": 1}, "sparse": true})",
                      R"([{"b": 1}, {"b": 2}, {"a": null}])", Verdict::none},
        DuplicateCase{"sparse holds null", R"({"name": "i", "key": {"a": 1}, "sparse": true})",
                      R"([{"a": null}, {"a": null}])", Verdict::found, R"({ "a" : null })"},
        DuplicateCase{"sparse and compound", R"({"name": "i", "key": {"a": 1, "b": 1}, "sparse": true})",
                      R"([{"c": 1}, {"c": 2}, {"a": 1}, {"b": 1}])", Verdict::none},
        DuplicateCase{"outside of the filter",
                      R"({"name": "i", "key": {"a": 1}, "partialFilterExpression": {"b": {"$gt": 5}}})",
                      R"([{"a": 1, "b": 1}, {"a": 1, "b": 9}, {"a": 1}])", Verdict::none},
        DuplicateCase{"inside of the filter",
                      R"({"name": "i", "key": {"a": 1}, "partialFilterExpression": {"b": {"$gt": 5}}})",
                      R"([{"a": 1, "b": 7}, {"a": 1, "b": 9}, {"a": 1}])", Verdict::found, R"({ "a" : 1 })"},
        DuplicateCase{"compound", R"({"name": "i", "key": {"b": -1, "a": 1}})",
                      R"([{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 2}])", Verdict::found,
                      R"({ "b" : 2, "a" : 1 })"},
        DuplicateCase{"compound with a part missing", R"({"name": "i", "key": {"a": 1, "b": 1}})",
                      R"([{"a": 1}, {"b": 1}, {"a": 1, "b": null}])", Verdict::found,
                      R"({ "a" : 1, "b" : null })"},
        DuplicateCase{"below another field", R"({"name": "i", "key": {"a.b": 1}})",
                      R"([{"a": {"b": 1}}, {"a": {"b": 2}}, {"a": {"b": 1}}])", Verdict::found,
                      R"({ "a.b" : 1 })"},
        DuplicateCase{"below another field, all different", R"({"name": "i", "key": {"a.b": 1}})",
                      R"([{"a": {"b": 1}}, {"a": {"b": 2}}, {"a": 5}])", Verdict::none},
        DuplicateCase{"case counts", MIM_KEY_A, R"([{"a": "x"}, {"a": "X"}])", Verdict::none},
        DuplicateCase{"case does not count in the collation",
                      R"({"name": "i", "key": {"a": 1}, "collation": {"locale": "en", "strength": 2}})",
                      R"([{"a": "x"}, {"a": "X"}])", Verdict::found, R"({ "a" : "x" })"},
        DuplicateCase{"an array is never its own duplicate", MIM_KEY_A, R"([{"a": [1, 1, 2]}, {"a": 3}])",
                      Verdict::none},
        DuplicateCase{"an element in two documents", MIM_KEY_A, R"([{"a": [1, 2]}, {"a": [2, 3]}])",
                      Verdict::found, R"({ "a" : 2 })"},
        DuplicateCase{"an element and a value", MIM_KEY_A, R"([{"a": [1, 2]}, {"a": 2}])", Verdict::found,
                      R"({ "a" : 2 })"},
        DuplicateCase{"empty arrays", MIM_KEY_A, R"([{"a": []}, {"a": []}])", Verdict::found,
                      R"({ "a" : [  ] })"},
        DuplicateCase{"an empty array is not null", MIM_KEY_A, R"([{"a": []}, {"a": null}])", Verdict::none},
        DuplicateCase{"an empty array is not missing", MIM_KEY_A, R"([{"a": []}, {"b": 1}])", Verdict::none},
        DuplicateCase{"an array of null is null", MIM_KEY_A, R"([{"a": [null]}, {"b": 1}])", Verdict::found,
                      R"({ "a" : null })"},
        DuplicateCase{"an empty array is not null in a compound index",
                      R"({"name": "i", "key": {"a": 1, "b": 1}})", R"([{"a": [], "b": 1}, {"b": 1}])",
                      Verdict::none},
        DuplicateCase{"an array's case within one document",
                      R"({"name": "i", "key": {"a": 1}, "collation": {"locale": "en", "strength": 2}})",
                      R"([{"a": ["x", "X"]}, {"a": "y"}])", Verdict::none},
        DuplicateCase{"an array beside a value", R"({"name": "i", "key": {"a": 1, "b": 1}})",
                      R"([{"a": [1, 2], "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 2}])", Verdict::found,
                      R"({ "a" : 2, "b" : 1 })"},
        DuplicateCase{"an array on the way", R"({"name": "i", "key": {"a.b": 1}})",
                      R"([{"a": [{"b": 1}]}, {"a": {"b": 2}}])", Verdict::not_checked},
        DuplicateCase{"found in spite of an array on the way", R"({"name": "i", "key": {"a.b": 1}})",
                      R"([{"a": [{"b": 1}]}, {"a": {"b": 2}}, {"a": {"b": 2}}])", Verdict::found,
                      R"({ "a.b" : 2 })"},
        DuplicateCase{"an array on the way, outside of the filter",
                      R"({"name": "i", "key": {"a.b": 1}, "partialFilterExpression": {"p": true}})",
                      R"([{"a": [{"b": 1}]}, {"a": {"b": 2}, "p": true}])", Verdict::none},
        DuplicateCase{"text keys", R"({"name": "i", "key": {"a": "text"}})", R"([{"a": "x"}, {"a": "x"}])",
                      Verdict::not_checked},
        DuplicateCase{"a reference's own fields", R"({"name": "i", "key": {"a.$id": 1}})", "[]",
                      Verdict::not_checked}));

TEST_F(WireDuplicates, TheCollectionsCollationIsInheritedUnlessTheIndexSaysSimple) {
    (void)command(R"({"create": "c", "collation": {"locale": "en", "strength": 2}})");
    fill(R"([{"a": "x"}, {"a": "X"}])");
    EXPECT_EQ(look(MIM_KEY_A)->verdict, Verdict::found);
    EXPECT_EQ(look(R"({"name": "i", "key": {"a": 1}, "collation": {"locale": "simple"}})")->verdict,
              Verdict::none);
    EXPECT_EQ(look(R"({"name": "i", "key": {"a": 1}, "v": 2})")->verdict, Verdict::none) << "from a catalog";
}

TEST_F(WireDuplicates, SamplesAreFewAndSmall) {
    std::string documents = "[";
    for (int i = 0; i < 20; ++i) {
        const std::string value = std::to_string(i / 2);
        documents += (i > 0 ? "," : "") + (R"({"a": )" + value + "}");
    }
    fill(documents + "]");
    const auto many = look(MIM_KEY_A);
    EXPECT_EQ(many->groups.size(), most_duplicate_groups);
    EXPECT_EQ(many->extent, index::DuplicateReport::Extent::some);
    (void)command(R"({"drop": "c"})");
    const std::string large(most_duplicate_bytes, 'x');
    fill(R"([{"a": ")" + large + R"("}, {"a": ")" + large + R"("}])");
    const auto one = look(MIM_KEY_A);
    ASSERT_EQ(one->groups.size(), 1U);
    EXPECT_FALSE(one->groups[0].values);
    EXPECT_EQ(one->groups[0].documents, 2);
    EXPECT_EQ(one->extent, index::DuplicateReport::Extent::all);
}

TEST_F(WireDuplicates, AMissingCollectionHasNone) {
    EXPECT_EQ(look(MIM_KEY_A)->verdict, Verdict::none);
}

TEST_F(WireDuplicates, ARefusalIsAnErrorWithItsReason) {
    fill(R"([{"a": 1}, {"a": 1}])");
    fail_once(R"({"failCommands": ["aggregate"], "errorCode": 13})");
    EXPECT_EQ(look(MIM_KEY_A).error().code, ErrorCode::target_not_authorised);
    fail_once(R"({"failCommands": ["aggregate"], "errorCode": 50})");
    EXPECT_EQ(look(MIM_KEY_A).error().code, ErrorCode::target_timeout);
    fail_once(R"({"failCommands": ["aggregate"], "errorCode": 40324})");
    EXPECT_EQ(look(MIM_KEY_A).error().server->code, 40324);
    const auto late = target()->find_duplicates("c", spec_of(MIM_KEY_A), Deadline::after(milliseconds(0)));
    EXPECT_EQ(late.error().code, ErrorCode::target_timeout);
}

TEST(DuplicatesCommand, IsBoundedAndSpillsToDisk) {
    const auto command = duplicates_command("c", spec_of(MIM_KEY_A));
    EXPECT_EQ((*command.begin()).key(), "aggregate");
    EXPECT_TRUE(command.find("allowDiskUse")->truthy());
    EXPECT_NE(bson::to_json(command).find("$limit"), std::string::npos);
    EXPECT_FALSE(arrays_command("c", spec_of(MIM_KEY_A)));
    EXPECT_TRUE(arrays_command("c", spec_of(R"({"name": "i", "key": {"a.b": 1}})")));
}

#undef MIM_KEY_A

}  // namespace
}  // namespace mim::target
