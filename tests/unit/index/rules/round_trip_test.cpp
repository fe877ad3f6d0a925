// The promise users trust: what was declared, what the server stores and what an import makes of it are one
// index; and whatever differs is seen. Ten thousand definitions by chance, the same in every run.
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "fakes/spec_generator.hpp"
#include "index/canonical/canonical.hpp"
#include "index/definition/key_type.hpp"
#include "index/definition/stored_form.hpp"
#include "index/rules/rules.hpp"

namespace mim::index::testing {
namespace {

constexpr std::size_t wanted_cases = 10'000;

std::vector<RuleContext> contexts() {
    const auto collection = [](CollectionKind kind, const char* options) {
        return CollectionTraits{kind, bson::parse_json(options).value()};
    };
    const std::vector<CollectionTraits> collections{
        collection(CollectionKind::ordinary, "{}"),
        collection(CollectionKind::ordinary, R"({"collation": {"locale": "en", "strength": 2}})"),
        collection(CollectionKind::ordinary, R"({"capped": true, "size": 4096})"),
        collection(CollectionKind::missing, "{}"),
        collection(CollectionKind::time_series,
                   R"({"timeseries": {"timeField": "created_at", "metaField": "k"}})"),
    };
    std::vector<RuleContext> all;
    for (const auto version : {ServerVersion{7, 0}, {4, 4}, {5, 0}, {6, 0}, {8, 0}, {8, 3}}) {
        for (const auto& traits : collections) all.push_back({version, traits});
    }
    return all;
}

std::string shown(const Spec& spec) {
    return bson::to_json(spec.to_document(), bson::JsonForm::canonical);
}

void expect_one_form(const Canonical& left, const Canonical& right) {
    EXPECT_EQ(left.signature, right.signature);
    EXPECT_EQ(left.key_text, right.key_text);
    for (const auto& difference : differences(left, right)) ADD_FAILURE() << difference.option << " differs";
    for (const auto& difference : differences(right, left)) ADD_FAILURE() << difference.option << " differs";
}

void expect_round_trip(const Spec& spec, const RuleContext& context) {
    const auto stored = stored_form(spec, context);
    EXPECT_EQ(stored, stored_form(stored, context))
        << "stored twice: " << shown(stored_form(stored, context));
    const auto declared = canonicalise(spec, context);
    expect_one_form(declared, canonicalise(stored, context));
    expect_one_form(declared, canonicalise(listed_form(stored, context), context));
    const auto imported = user_form(stored, context);
    expect_one_form(declared, canonicalise(imported, context));
    expect_one_form(declared, canonicalise(stored_form(imported, context), context));
    const auto rejection = check(imported, context);
    EXPECT_FALSE(rejection) << shown(imported) << ": " << rejection->message;
    EXPECT_EQ(Meeting::identical, meet(stored, stored_form(imported, context), context));
}

// Before 8.0 a server that has the index takes no notice of `hidden`; a comparison does.
bool is_hidden_from_server(const std::vector<OptionDifference>& found, ServerVersion version) {
    return version < ServerVersion{8, 0} && found.size() == 1 && found.front().option == "hidden";
}

std::size_t expect_changes_seen(const Spec& spec, const RuleContext& context) {
    std::size_t seen = 0;
    const auto before = canonicalise(spec, context);
    const auto stored = stored_form(spec, context);
    for (const auto& changed : fakes::SpecGenerator::single_changes(spec)) {
        if (check(changed, context)) continue;
        ++seen;
        const auto after = canonicalise(changed, context);
        const auto found = differences(before, after);
        const bool noticed = before.signature != after.signature || !found.empty();
        EXPECT_TRUE(noticed) << "not noticed: " << shown(changed);
        const bool is_one = meet(stored, stored_form(changed, context), context) == Meeting::identical;
        EXPECT_EQ(is_hidden_from_server(found, context.version), is_one) << shown(changed);
        // What is left between two listings says the same.
        const auto listed = canonicalise(stored_form(changed, context), context);
        EXPECT_EQ(after.signature, listed.signature) << shown(changed);
    }
    return seen;
}

TEST(RoundTrip, TenThousandDefinitions) {
    fakes::SpecGenerator generator(20240607);
    const auto all = contexts();
    std::size_t accepted = 0, refused = 0, changes = 0;
    std::map<std::string, std::size_t> by_type;
    for (std::size_t i = 0; accepted < wanted_cases && !HasFailure(); ++i) {
        const auto& context = all[i % all.size()];
        const auto spec = generator.next();
        if (check(spec, context)) {
            ++refused;
            continue;
        }
        ++accepted;
        ++by_type[std::string(to_string(key_type(spec.key)))];
        SCOPED_TRACE(context.version.text() + " " + bson::to_json(context.collection.options) + " " +
                     shown(spec));
        expect_round_trip(spec, context);
        changes += expect_changes_seen(spec, context);
    }
    for (const auto& [type, count] : by_type) std::cout << type << ": " << count << '\n';
    std::cout << accepted << " definitions, " << changes << " changes of one, " << refused << " refused\n";
    EXPECT_EQ(6U, by_type.size());
    EXPECT_GT(changes, 5 * wanted_cases);
}

}  // namespace
}  // namespace mim::index::testing
