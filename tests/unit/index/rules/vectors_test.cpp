// Every golden vector that needs no wire, against the rules alone. What is left to the sandbox is said aloud.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "index/comparison/coverage.hpp"
#include "source_folder.hpp"
#include "unit/index/rules/memory_database.hpp"

namespace mim::index::testing {
namespace {

enum class Origin { documented, seen_on_servers };

struct Vector {
    std::string id;
    std::string group;
    bson::Document whole;
    Origin origin;
};

bson::Document read_golden(const std::string& name, const std::string& around) {
    std::ifstream file(tests::source_folder() / "tests/golden" / name);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return bson::parse_json(around.empty() ? text : "{\"" + around + "\":" + text + "}").value();
}

std::vector<Vector> vectors_of(const bson::Document& file, Origin origin) {
    std::vector<Vector> vectors;
    const auto listed = *file.find("vectors")->document();
    for (const auto value : listed) {
        const auto document = *value.document();
        vectors.push_back({std::string(*document.find("id")->string()),
                           std::string(*document.find("group")->string()), bson::Document(document), origin});
    }
    return vectors;
}

std::vector<Vector> load_vectors() {
    auto vectors = vectors_of(read_golden("index-vectors.json", "vectors"), Origin::documented);
    auto seen = vectors_of(read_golden("index-vectors-8.2.json", ""), Origin::seen_on_servers);
    std::move(seen.begin(), seen.end(), std::back_inserter(vectors));
    return vectors;
}

// Those of the seen ones that 5.0 answers in the same way.
const std::set<std::string>& seen_on_5_0() {
    static const auto ids = [] {
        std::set<std::string> result;
        const auto file = read_golden("index-vectors-on-5.0.json", "");
        const auto listed = *file.find("ids")->document();
        for (const auto value : listed) result.emplace(*value.string());
        return result;
    }();
    return ids;
}

const std::vector<Vector>& vectors() {
    static const auto loaded = load_vectors();
    return loaded;
}

std::optional<ServerVersion> bound(const Vector& vector, std::string_view name) {
    const auto value = vector.whole.find(name);
    return value ? ServerVersion::parse(*value->string()) : std::nullopt;
}

// 7.0 where the vector applies, or where it was seen; and its bounds.
std::set<ServerVersion> versions_of(const Vector& vector) {
    const ServerVersion main{7, 0};
    const auto lowest = bound(vector, "min_version"), highest = bound(vector, "max_version");
    std::set<ServerVersion> versions;
    if (vector.origin == Origin::seen_on_servers) {
        versions.insert({8, 2});
        if (seen_on_5_0().contains(vector.id)) versions.insert(version_5_0);
    } else if ((!lowest || *lowest <= main) && (!highest || main <= *highest)) {
        versions.insert(main);
    }
    if (lowest) versions.insert(*lowest);
    if (highest) versions.insert(*highest);
    return versions;
}

void expect_same_fields(bson::DocumentView wanted, bson::DocumentView found) {
    EXPECT_EQ(wanted.size(), found.size()) << bson::to_json(found);
    for (const auto value : wanted) {
        const auto other = found.find(value.key());
        ASSERT_TRUE(other) << "no " << value.key() << " in " << bson::to_json(found);
        EXPECT_TRUE(bson::identical(value, *other)) << value.key() << ": " << bson::to_json(*other);
    }
}

void expect_listing(bson::DocumentView wanted, const std::vector<bson::Document>& listed) {
    EXPECT_EQ(wanted.size(), listed.size());
    for (const auto value : wanted) {
        const auto index = *value.document();
        const auto name = *index.find("name")->string();
        const auto found = std::find_if(listed.begin(), listed.end(), [&](const auto& other) {
            return other.find("name")->string() == name;
        });
        ASSERT_NE(found, listed.end()) << "no index " << name;
        expect_same_fields(index, *found);
    }
}

void expect_error(bson::DocumentView wanted, const std::optional<Rejection>& error) {
    ASSERT_TRUE(error) << "accepted, wanted " << wanted.find("code")->integer().value_or(0);
    EXPECT_EQ(*wanted.find("code")->integer(), error->code) << error->message;
    const auto name = wanted.find("codeName");
    if (name && name->string()) {
        EXPECT_EQ(*name->string(), error->code_name);
    }
    EXPECT_FALSE(error->message.empty());
    EXPECT_EQ('.', error->message.back()) << error->message;
}

void expect_reply(bson::DocumentView wanted, bson::DocumentView reply) {
    for (const auto value : wanted) {
        const auto found = reply.find(value.key());
        ASSERT_TRUE(found) << "no " << value.key() << " in the reply " << bson::to_json(reply);
        EXPECT_TRUE(bson::equal_by_value(value, *found)) << value.key() << ": " << bson::to_json(*found);
    }
}

void expect_absent(bson::DocumentView fields, bson::DocumentView reply) {
    for (const auto field : fields) EXPECT_FALSE(reply.contains(*field.string())) << bson::to_json(reply);
}

// The reason why it is not for the rules; empty when it ran.
std::string run_vector(const Vector& vector, ServerVersion version) {
    MemoryDatabase database(version);
    const auto steps = *vector.whole.find("steps")->document();
    const auto expected = *vector.whole.find("expect")->document();
    const auto count = steps.size();
    Outcome last;
    std::string last_operation;
    std::size_t number = 0;
    for (const auto step : steps) {
        last_operation = *step.document()->find("op")->string();
        last = database.run(*step.document());
        if (!last.not_supported.empty()) return last.not_supported;
        if (++number == count) break;
        EXPECT_FALSE(last.error) << "step " << number << ": " << last.error->message;
    }
    if (database.judged_by_documents(expected)) return "what documents forbid";
    if (last_operation == "create") return "what create judges";
    if (expected.contains("code")) {
        expect_error(expected, last.error);
        return {};
    }
    EXPECT_FALSE(last.error) << last.error->message;
    if (const auto listing = expected.find("listIndexes"))
        expect_listing(*listing->document(), database.list_indexes("c"));
    if (const auto reply = expected.find("reply")) expect_reply(*reply->document(), last.reply);
    if (const auto absent = expected.find("absent")) expect_absent(*absent->document(), last.reply);
    return {};
}

void run_redundancy(const Vector& vector, ServerVersion version) {
    const auto indexes = *vector.whole.find("indexes")->document();
    const auto candidate = Spec::from_document(*indexes.find("candidate")->document());
    const auto other = Spec::from_document(*indexes.find("other")->document());
    const bool wanted = *vector.whole.find("expect")->document()->find("coveredByOther")->boolean();
    EXPECT_EQ(wanted, covered_by(candidate, other, {version, {}}).has_value());
}

// Those that are about other commands, or about what only a shell or a driver does.
const std::set<std::string> not_of_the_rules{"mongosh", "uri", "argument", "list", "stats", "clustered"};

TEST(Vectors, AreRead) {
    EXPECT_EQ(231U + 1260U, vectors().size());
}

TEST(Vectors, EveryOneForTheRulesHolds) {
    std::size_t ran = 0;
    std::vector<std::string> skipped;
    for (const auto& vector : vectors()) {
        if (not_of_the_rules.contains(vector.group)) {
            skipped.push_back(vector.id + " (group " + vector.group + ")");
            continue;
        }
        std::string reason;
        for (const auto version : versions_of(vector)) {
            SCOPED_TRACE(vector.id + " at " + version.text());
            if (vector.group == "redundancy") {
                run_redundancy(vector, version);
            } else {
                reason = run_vector(vector, version);
            }
            if (HasFatalFailure()) break;
        }
        if (reason.empty()) ++ran;
        if (!reason.empty()) skipped.push_back(vector.id + " (" + reason + ")");
    }
    for (const auto& id : skipped) std::cout << "left to the sandbox: " << id << '\n';
    std::cout << ran << " vectors ran, " << skipped.size() << " left to the sandbox\n";
    EXPECT_EQ(880U, ran);
}

}  // namespace
}  // namespace mim::index::testing
