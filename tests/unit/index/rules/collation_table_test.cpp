// What a server fills in for every locale and variant, as scripts/ask-collations wrote it down, and what the
// domain makes of it.
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "index/canonical/canonical.hpp"
#include "index/definition/stored_form.hpp"
#include "source_folder.hpp"
#include "unit/index/rules/specs.hpp"

namespace mim::index::testing {
namespace {

const bson::Document& answers() {
    static const bson::Document read = [] {
        std::ifstream file(tests::source_folder() / "tests/golden/collations.json");
        return document(std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    }();
    return read;
}

const bson::Document general = document(
    R"({"caseLevel":false,"caseFirst":"off","strength":3,"numericOrdering":false,"alternate":"non-ignorable",
        "maxVariable":"punct","normalization":false,"backwards":false})");

// All ten members, as a server lists them.
bson::Document listed(std::string_view locale, bson::DocumentView differing) {
    bson::Builder whole;
    whole.add("locale", locale);
    for (const auto value : general) whole.add(value.key(), differing.find(value.key()).value_or(value));
    return whole.add("version", "57.1").take();
}

Spec with(const bson::Document& collation) {
    return {"n", document(R"({"a":1})"), bson::Builder().add("collation", collation).take()};
}

Spec live(const bson::Document& collation) {
    return {"n", document(R"({"a":1})"), bson::Builder().add("v", 2).add("collation", collation).take()};
}

bson::Document short_form(std::string_view locale) {
    return bson::Builder().add("locale", locale).take();
}

// Another value than the one given, for each member.
const bson::Document others = document(
    R"({"caseLevel":true,"caseFirst":"lower","strength":4,"numericOrdering":true,"alternate":"shifted",
        "maxVariable":"space","normalization":true,"backwards":true})");

bson::ValueView other_than(const bson::ValueView& value) {
    const auto other = *others.find(value.key());
    return bson::identical(other, value) ? *general.find(value.key()) : other;
}

void expect_same_index(const Spec& one, const Spec& other) {
    const auto left = canonicalise(one, {}), right = canonicalise(other, {});
    EXPECT_EQ(left.signature, right.signature);
    EXPECT_TRUE(differences(left, right).empty());
}

TEST(CollationTable, KnowsEveryLocaleWithItsDefaults) {
    EXPECT_EQ(462U, answers().size());
    for (const auto answer : answers()) {
        SCOPED_TRACE(answer.key());
        const auto collation = short_form(answer.key());
        EXPECT_EQ(listed(answer.key(), *answer.document()), expand_collation(collation));
        EXPECT_FALSE(check(with(collation), {}));
    }
}

TEST(CollationTable, WhatIsDeclaredListedAndImportedIsOneIndex) {
    for (const auto answer : answers()) {
        SCOPED_TRACE(answer.key());
        const auto whole = listed(answer.key(), *answer.document());
        const auto imported = user_form(live(whole));
        EXPECT_EQ(with(short_form(answer.key())), imported)
            << "nothing is said that the server says by itself";
        expect_same_index(imported, live(whole));
        expect_same_index(sent_form(imported), live(whole));
    }
}

TEST(CollationTable, NoMemberIsLostThatDiffersFromItsLocalesDefault) {
    for (const auto answer : answers()) {
        const auto whole = listed(answer.key(), *answer.document());
        for (const auto member : general) {
            SCOPED_TRACE(std::string(answer.key()) + " " + std::string(member.key()));
            const auto other = other_than(*whole.find(member.key()));
            bson::Builder changed;
            for (const auto value : whole)
                changed.add(value.key(), value.key() == member.key() ? other : value);
            const auto listing = live(changed.take());
            const auto imported = user_form(listing);
            EXPECT_EQ(with(bson::Builder().add("locale", answer.key()).add(member.key(), other).take()),
                      imported);
            expect_same_index(imported, listing);
            EXPECT_NE(canonicalise(listing, {}).signature, canonicalise(live(whole), {}).signature);
        }
    }
}

TEST(CollationTable, ANameThatIcuWouldChangeIsNone) {
    const std::set<std::string_view> variants{"standard", "big5han", "compat",    "dictionary", "emoji",
                                              "eor",      "pinyin",  "gb2312han", "phonebook",  "phonetic",
                                              "reformed", "search",  "searchjl",  "stroke",     "traditional",
                                              "phonebk",  "unihan",  "zhuyin",    "ducet",      ""};
    std::size_t refused = 0;
    for (const auto answer : answers()) {
        if (answer.key().find('@') != std::string_view::npos) continue;
        for (const auto variant : variants) {
            const std::string name = std::string(answer.key()) + "@collation=" + std::string(variant);
            const auto rejection = check(with(short_form(name)), {});
            EXPECT_EQ(answers().contains(name), !rejection) << name;
            if (!rejection) continue;
            ++refused;
            EXPECT_EQ("collation.locale", rejection->field);
            EXPECT_NE(std::string::npos, rejection->message.find("'" + std::string(answer.key()) + "'?"))
                << rejection->message;
        }
    }
    EXPECT_EQ(109 * variants.size() - (462 - 109), refused);
}

TEST(CollationTable, TwoRulesHoldForWhatIsFilledIn) {
    const auto field_of = [](std::string_view collation) {
        const auto rejection = check(with(document(collation)), {});
        return rejection ? rejection->field : "";
    };
    EXPECT_EQ("collation.caseFirst", field_of(R"({"locale":"da","strength":1})"));
    EXPECT_EQ("collation.caseFirst", field_of(R"({"locale":"mt","strength":2})"));
    EXPECT_EQ("", field_of(R"({"locale":"da","strength":2,"caseLevel":true})"));
    EXPECT_EQ("", field_of(R"({"locale":"da","strength":1,"caseFirst":"off"})"));
    EXPECT_EQ("collation.backwards", field_of(R"({"locale":"fr_CA","strength":1})"));
    EXPECT_EQ("", field_of(R"({"locale":"fr_CA","strength":1,"backwards":false})"));
}

TEST(SentForm, SaysAllMembersWhereALocaleHasDefaultsOfItsOwn) {
    const auto sent =
        sent_form(spec_of(R"({"key":{"a":1},"unique":true,"collation":{"locale":"da"},"hidden":true})"));
    EXPECT_EQ(
        document(
            R"({"unique":true,"collation":{"locale":"da","caseLevel":false,"caseFirst":"upper","strength":3,
                           "numericOrdering":false,"alternate":"non-ignorable","maxVariable":"punct",
                           "normalization":false,"backwards":false},"hidden":true})"),
        sent.options);
}

TEST(SentForm, IsWhatIsWrittenElsewhere) {
    for (const auto text : {R"({"key":{"a":1},"collation":{"locale":"en","strength":2}})",
                            R"({"key":{"a":1}})", R"({"key":{"a":1},"collation":{"locale":"simple"}})",
                            R"({"key":{"a":1},"collation":{"locale":"xx"}})"}) {
        EXPECT_EQ(spec_of(text), sent_form(spec_of(text)));
    }
}

TEST(CollationOfAnotherIcu, IsTakenAsItIsListed) {
    const auto whole = document(
        R"({"locale":"da","caseLevel":false,"caseFirst":"off","strength":3,"numericOrdering":false,
            "alternate":"non-ignorable","maxVariable":"punct","normalization":false,"backwards":false,"version":"60.2"})");
    const auto imported = user_form(live(whole));
    EXPECT_EQ(with(bson::without(whole, {"version"})), imported) << "nobody knows what is left out there";
    expect_same_index(imported, live(whole));
    EXPECT_FALSE(check(imported, {}));
    EXPECT_NE(canonicalise(live(whole), {}).signature, canonicalise(with(short_form("da")), {}).signature);
}

TEST(CollationOfAnotherIcu, ALocaleThatWeDoNotKnowKeepsItsMembers) {
    const auto whole = bson::without(listed("xx", bson::Document()), {"version"});
    EXPECT_EQ(with(whole), user_form(live(listed("xx", bson::Document()))));
}

TEST(GeneralCollation, IsWhatAnOlderVersionTookItFor) {
    const auto general_of = [](std::string_view collation) {
        return with_general_collation(with(document(collation))).options;
    };
    EXPECT_EQ(document(R"({"collation":{"locale":"th","caseLevel":false,"caseFirst":"off","strength":2,
                           "numericOrdering":false,"alternate":"non-ignorable","maxVariable":"punct",
                           "normalization":true,"backwards":false}})"),
              general_of(R"({"locale":"th","normalization":true,"strength":2})"));
    EXPECT_EQ(document(R"({"collation":{"locale":"en"}})"), general_of(R"({"locale":"en"})"));
}

}  // namespace
}  // namespace mim::index::testing
