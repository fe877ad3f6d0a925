#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

using index::CollectionKind;
using index::LiveCollection;

class WireRead : public Wire {
  protected:
    static constexpr const char* forbid_catalog = R"({"failCommands": ["$listCatalog"], "errorCode": 13})";
    void seed(const std::string& collections) {
        const auto loaded = server->load_seed(R"({"databases": {"t": )" + collections + "}}");
        ASSERT_TRUE(loaded) << loaded.error().message;
    }
    std::vector<LiveCollection> read(const app::ReadRequest& request) {
        auto found = target()->read(request, soon());
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : std::vector<LiveCollection>();
    }
};

std::vector<std::string> names(const std::vector<LiveCollection>& collections) {
    std::vector<std::string> out;
    for (const LiveCollection& collection : collections) out.push_back(collection.name);
    return out;
}

TEST_F(WireRead, EveryKindOfCollectionByName) {
    seed(R"({"b": {"indexes": [{"key": {"x": 1}, "unique": true}]}, "a": {}})");
    (void)command(R"({"create": "view", "viewOn": "b", "pipeline": []})");
    (void)command(R"({"create": "series", "timeseries": {"timeField": "ts", "metaField": "m"}})");
    const auto all = read({});
    ASSERT_EQ(names(all), (std::vector<std::string>{"a", "b", "series", "view"})) << "nothing of the system";
    EXPECT_EQ(all[0].traits.kind, CollectionKind::ordinary);
    ASSERT_EQ(all[0].indexes.size(), 1U);
    EXPECT_TRUE(all[0].indexes[0].spec.is_id_index());
    ASSERT_EQ(all[1].indexes.size(), 2U);
    EXPECT_EQ(all[1].indexes[1].spec.name, "x_1");
    EXPECT_EQ(all[2].traits.kind, CollectionKind::time_series);
    EXPECT_EQ(all[2].traits.time_field(), "ts");
    for (const auto& found : all[2].indexes) {
        EXPECT_EQ(found.spec.key.find("control.min.ts"), std::nullopt) << "the user's form, not the buckets'";
    }
    EXPECT_EQ(all[3].traits.kind, CollectionKind::view);
    EXPECT_TRUE(all[3].indexes.empty());
    for (const auto& collection : all) EXPECT_FALSE(collection.unreadable);
}

TEST_F(WireRead, NothingThatStandsBesideAnEncryptedCollection) {
    seed(R"({"b": {}, "enxcol_.b.esc": {"indexes": [{"key": {"x": 1}}]}, "enxcol_.b.ecoc": {}})");
    EXPECT_EQ(names(read({})), std::vector<std::string>{"b"});
    fail_once(forbid_catalog);
    EXPECT_EQ(names(read({})), std::vector<std::string>{"b"}) << "collection by collection";
}

TEST_F(WireRead, OnlyWhatIsAskedInTheOrderAsked) {
    seed(R"({"a": {}, "b": {}, "c": {}})");
    const auto some = read({std::vector<std::string>{"c", "nope", "a"}, {}});
    EXPECT_EQ(names(some), (std::vector<std::string>{"c", "nope", "a"}));
    EXPECT_EQ(some[1].traits.kind, CollectionKind::missing);
    EXPECT_TRUE(some[1].indexes.empty());
    EXPECT_EQ(names(read({std::vector<std::string>{"b"}, {}})), (std::vector<std::string>{"b"}));
    EXPECT_TRUE(read({std::vector<std::string>{}, {}}).empty());
}

TEST_F(WireRead, AnEmptyDatabaseHasNothing) {
    EXPECT_TRUE(read({}).empty());
}

TEST_F(WireRead, AnUnreadableCollectionSpoilsNoOther) {
    seed(R"({"a": {}, "b": {}, "c": {}})");
    fail_always(R"({"failCommands": ["listIndexes"], "namespace": "t.b", "errorCode": 13})");
    const auto all = read({});
    ASSERT_EQ(all.size(), 3U);
    EXPECT_FALSE(all[0].unreadable);
    ASSERT_TRUE(all[1].unreadable);
    EXPECT_EQ(all[1].unreadable->code, ErrorCode::target_not_authorised);
    EXPECT_TRUE(all[1].indexes.empty());
    EXPECT_EQ(all[2].indexes.size(), 1U);
}

TEST_F(WireRead, AServerThatCannotMarkBuildsIsAskedPlainly) {
    seed(R"({"a": {"indexes": [{"key": {"x": 1}}]}})");
    fail(R"({"times": 2})", R"({"failCommands": ["$listCatalog", "listIndexes"], "errorCode": 40415})");
    const auto all = read({});
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].indexes.size(), 2U);
}

TEST_F(WireRead, WhateverTheWordsForAFieldThatIsRefused) {
    seed(R"({"a": {"indexes": [{"key": {"x": 1}}]}})");
    for (const int code : {2, 9, 14, 59, 72, 115, 238, 303, 8000, 40415}) {
        const auto fresh = create_targets(ordinary(), logger);
        const auto subject = fresh->open(database(uri())).value();
        fail_once(R"({"failCommands": ["listIndexes"], "errorCode": )" + std::to_string(code) + "}");
        const auto all = subject->read({std::vector<std::string>{"a"}, {}}, soon());
        ASSERT_TRUE(all) << code << ": " << all.error().message;
        EXPECT_EQ(all->at(0).indexes.size(), 2U) << code;
    }
}

TEST_F(WireRead, UsageWhenWantedAndAllowed) {
    seed(R"({"a": {"indexes": [{"key": {"x": 1}}]}})");
    (void)command(
        R"({"sandboxSetUsage": {"ns": "t.a", "index": "x_1", "operations": 42, "since": {"$date": {"$numberLong": "5000"}}}})",
        "admin");
    EXPECT_FALSE(read({}).at(0).indexes.at(1).usage);
    const auto wanted = read({std::nullopt, app::UsageWanted::yes});
    ASSERT_TRUE(wanted.at(0).indexes.at(1).usage);
    EXPECT_EQ(wanted[0].indexes[1].usage->operations, 42);
    EXPECT_EQ(wanted[0].indexes[1].usage->since, Timestamp(milliseconds(5'000)));
    EXPECT_EQ(wanted[0].indexes[1].usage->members, 1);
    fail_always(R"({"failCommands": ["aggregate"], "errorCode": 13})");
    const auto refused = read({std::nullopt, app::UsageWanted::yes});
    EXPECT_FALSE(refused.at(0).indexes.at(1).usage);
    EXPECT_EQ(refused[0].indexes.size(), 2U);
}

TEST_F(WireRead, ManyCollectionsAreReadAtOnceAndNotOneAfterAnother) {
    fail_always(forbid_catalog);
    std::string collections;
    for (int i = 0; i < 1'000; ++i) {
        collections += (i == 0 ? "{" : ", ") + ("\"c" + std::to_string(1'000 + i)) +
                       R"(": {"indexes": [{"key": {"x": 1}}]})";
    }
    seed(collections + "}");
    (void)command(R"({"sandboxSetLatency": {"millis": 20}})", "admin");
    const auto started = std::chrono::steady_clock::now();
    const auto all = read({});
    const auto took = std::chrono::steady_clock::now() - started;
    ASSERT_EQ(all.size(), 1'000U);
    for (const auto& collection : all) ASSERT_EQ(collection.indexes.size(), 2U) << collection.name;
    RecordProperty("milliseconds", static_cast<int>(std::chrono::duration_cast<milliseconds>(took).count()));
    // One after another it is more than twenty seconds; half of that leaves room for a busy machine.
    EXPECT_LT(took, milliseconds(10'000));
}

TEST_F(WireRead, TheDeadlineEndsALongRead) {
    std::string collections;
    for (int i = 0; i < 200; ++i)
        collections += (i == 0 ? "{" : ", ") + ("\"c" + std::to_string(i)) + "\": {}";
    seed(collections + "}");
    const auto subject = target();
    ASSERT_TRUE(subject->probe(soon()));
    fail_once(forbid_catalog);
    ASSERT_TRUE(subject->read({}, soon())) << "from now on without $listCatalog";
    fail_always(R"({"failCommands": ["listIndexes"], "blockConnection": true, "blockTimeMS": 5000})");
    const auto read = subject->read({}, Deadline::after(milliseconds(300)));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::target_timeout);
}

TEST_F(WireRead, CursorsAreFollowedToTheirEnd) {
    seed(R"({"a": {}, "b": {}, "c": {}, "d": {}, "e": {}})");
    const auto pool = mongoc::Pool::open(mongoc::Uri::parse(Secret(uri())).value(), {}).value();
    auto client = pool.lease(soon()).value();
    const auto listed = client.drain(
        {"t", bson::parse_json(R"({"listCollections": 1, "cursor": {"batchSize": 2}})").value()}, soon());
    ASSERT_TRUE(listed) << listed.error().message;
    EXPECT_EQ(listed->size(), 5U);
}

TEST_F(WireRead, ProbeTellsWhatItIs) {
    const auto info = target()->probe(soon());
    ASSERT_TRUE(info) << info.error().message;
    EXPECT_EQ(info->release.binary, index::ServerVersion::parse(info->version_text));
    EXPECT_EQ(info->release.binary, sandbox::Settings().version);
    EXPECT_EQ(info->release.feature_version, sandbox::Settings().version);
    EXPECT_FALSE(info->topology.empty());
    EXPECT_LT(info->latency, patience);
}

}  // namespace
}  // namespace mim::target
