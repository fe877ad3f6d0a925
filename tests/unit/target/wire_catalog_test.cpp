// The two ways to read a database, by $listCatalog and by listing every collection, against the same server.
#include <functional>

#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

using index::LiveCollection;
using State = index::LiveIndex::State;

constexpr const char* forbid_catalog = R"({"failCommands": ["$listCatalog"], "errorCode": 13})";

class WireCatalog : public Wire {
  protected:
    explicit WireCatalog(const sandbox::Settings& settings = {}) : Wire(settings) {}

    void seed(const std::string& collections) {
        const auto loaded = server->load_seed(R"({"databases": {"t": )" + collections + "}}");
        ASSERT_TRUE(loaded) << loaded.error().message;
    }
    static std::vector<LiveCollection> read_with(app::Targets& through, const app::Database& database,
                                                 const app::ReadRequest& request) {
        auto found = through.open(database).value()->read(request, soon());
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : std::vector<LiveCollection>();
    }
    // Through pools of its own, so that nothing is remembered from one way to the other.
    std::vector<LiveCollection> read(const app::ReadRequest& request) {
        CountingLogger quiet;
        return read_with(*create_targets(ordinary(), quiet), database(uri()), request);
    }
    std::vector<LiveCollection> read_by_listing(const app::ReadRequest& request) {
        fail_always(forbid_catalog);
        auto found = read(request);
        fail(R"("off")", "{}");
        return found;
    }
    // How often a command was answered since the server started.
    std::int64_t count_of(const std::string& name) {
        const auto status = command(R"({"serverStatus": 1})", "admin");
        const auto commands = status.find("metrics")->document()->find("commands")->document();
        const auto one = commands->find(name);
        return one ? one->document()->find("total")->integer().value() : 0;
    }
};

void expect_same(const std::vector<LiveCollection>& one, const std::vector<LiveCollection>& other) {
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t at = 0; at < one.size(); ++at) {
        const LiveCollection &left = one[at], &right = other[at];
        SCOPED_TRACE(left.name);
        EXPECT_EQ(left.name, right.name);
        EXPECT_EQ(left.traits.kind, right.traits.kind);
        EXPECT_EQ(left.traits.options, right.traits.options);
        EXPECT_EQ(left.traits.shard_key, right.traits.shard_key);
        EXPECT_EQ(left.unreadable.has_value(), right.unreadable.has_value());
        ASSERT_EQ(left.indexes.size(), right.indexes.size());
        for (std::size_t index = 0; index < left.indexes.size(); ++index) {
            EXPECT_EQ(left.indexes[index].state, right.indexes[index].state);
            EXPECT_EQ(left.indexes[index].spec.name, right.indexes[index].spec.name);
            EXPECT_EQ(left.indexes[index].spec.key, right.indexes[index].spec.key);
            EXPECT_EQ(bson::to_json(left.indexes[index].spec.options),
                      bson::to_json(right.indexes[index].spec.options));
        }
    }
}

constexpr const char* every_kind = R"({
    "plain": {},
    "with.dots.and.more": {"indexes": [{"key": {"a.b": 1}}]},
    "options": {"indexes": [
        {"key": {"a": {"$numberDouble": "1.0"}}, "unique": true}, {"key": {"b": {"$numberLong": "-5"}}, "sparse": true},
        {"key": {"c": 1}, "expireAfterSeconds": {"$numberDouble": "3600.0"}}, {"key": {"d": 1}, "hidden": true},
        {"key": {"e": 1}, "sparse": false, "background": true}, {"key": {"f": 1}, "name": "f", "prepareUnique": true},
        {"key": {"g": 1}, "partialFilterExpression": {"g": {"$gt": {"$numberDecimal": "1.50"}}}},
        {"key": {"h": 1}, "storageEngine": {"wiredTiger": {"configString": "prefix_compression=false"}}},
        {"key": {"i": 1}, "collation": {"locale": "de", "strength": 2}}, {"key": {"$**": 1}, "wildcardProjection": {"x": 0}}]},
    "special": {"indexes": [
        {"key": {"t": "text", "u": "text"}, "weights": {"u": 5}, "default_language": "german"},
        {"key": {"p": "2d"}, "bits": {"$numberDouble": "20.0"}, "min": -100, "max": {"$numberLong": "100"}},
        {"key": {"s": "2dsphere"}}, {"key": {"h": "hashed"}}]},
    "german": {"options": {"collation": {"locale": "de"}}, "indexes": [
        {"key": {"a": 1}}, {"key": {"b": 1}, "collation": {"locale": "simple"}}]},
    "capped": {"options": {"capped": true, "size": 4096, "max": 10}, "indexes": [{"key": {"a": 1}}]},
    "checked": {"options": {"validator": {"a": {"$exists": true}}, "validationLevel": "moderate"}},
    "clustered": {"options": {"clusteredIndex": {"key": {"_id": 1}, "unique": true, "name": "cl"}},
                  "indexes": [{"key": {"a": 1}}]},
    "series": {"options": {"timeseries": {"timeField": "ts", "metaField": "m"}}, "indexes": [{"key": {"m.x": 1, "ts": -1}}]},
    "bare_series": {"options": {"timeseries": {"timeField": "ts"}}},
    "view": {"options": {"viewOn": "plain", "pipeline": [{"$match": {"a": 1}}]}},
    "folding_view": {"options": {"viewOn": "plain", "pipeline": [], "collation": {"locale": "fr"}}}
})";

TEST_F(WireCatalog, BothWaysTellTheSameOfEveryKindOfCollection) {
    seed(every_kind);
    const auto listed = read_by_listing({});
    EXPECT_EQ(listed.size(), 12U);
    const auto plain_listings = count_of("listIndexes");
    const auto at_once = read({});
    expect_same(at_once, listed);
    // Two time series and a clustered collection are listed one by one.
    EXPECT_EQ(count_of("listIndexes") - plain_listings, 3);
}

TEST_F(WireCatalog, BothWaysTellTheSameOfWhatWasAsked) {
    seed(every_kind);
    app::ReadRequest request;
    request.collections = {"view", "nowhere", "series", "german"};
    for (int i = 0; i < 20; ++i) request.collections->push_back("missing" + std::to_string(i));
    const auto listed = read_by_listing(request);
    ASSERT_EQ(listed.size(), 24U);
    EXPECT_EQ(listed[0].name, "view");
    EXPECT_EQ(listed[1].traits.kind, index::CollectionKind::missing);
    expect_same(read(request), listed);
}

TEST_F(WireCatalog, OneTripForAWholeDatabase) {
    seed(R"({"a": {"indexes": [{"key": {"x": 1}}]}, "b": {}})");
    ASSERT_TRUE(server->load_seed(R"({"databases": {"t2": {"other": {}}}})"));
    EXPECT_EQ(read({}).size(), 2U);
    EXPECT_EQ(count_of("aggregate"), 1);
    EXPECT_EQ(count_of("listCollections"), 0);
    EXPECT_EQ(count_of("listIndexes"), 0);
}

TEST_F(WireCatalog, AFewCollectionsAreListedPlainly) {
    seed(R"({"a": {}, "b": {}})");
    EXPECT_EQ(read({.collections = std::vector<std::string>{"a"}}).size(), 1U);
    EXPECT_EQ(count_of("aggregate"), 0);
}

// Looks until the build was seen, then ends it.
class Looking final : public app::BuildObserver {
  public:
    explicit Looking(std::function<bool()> sees) : sees_(std::move(sees)) {}
    app::BuildVerdict on_progress(const app::BuildProgress&) override {
        return sees_() ? app::BuildVerdict::abort : app::BuildVerdict::go_on;
    }

  private:
    std::function<bool()> sees_;
};

TEST_F(WireCatalog, AnUnfinishedIndexIsBuildingBothWays) {
    seed(R"({"a": {"indexes": [{"key": {"x": 1}}]}})");
    builds_take(milliseconds(60'000));
    bool seen = false;
    Looking look([&] {
        const auto at_once = read({});
        if (at_once.at(0).indexes.size() < 3U) return false;
        expect_same(at_once, read_by_listing({}));
        EXPECT_EQ(at_once[0].indexes[1].state, State::ready);
        EXPECT_EQ(at_once[0].indexes[2].state, State::building);
        return seen = true;
    });
    const auto ended =
        target()->create_indexes("a", {spec_of(R"({"key": {"y": 1}, "name": "y_1"})")}, soon(), look);
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, ErrorCode::cancelled);
    EXPECT_TRUE(seen);
}

TEST_F(WireCatalog, AnEmptyDatabaseIsEmptyBothWays) {
    EXPECT_TRUE(read({}).empty());
    EXPECT_TRUE(read_by_listing({}).empty());
}

TEST_F(WireCatalog, ARefusalIsRememberedForAWhile) {
    seed(R"({"a": {}})");
    fail_always(forbid_catalog);
    const auto subject = target();
    ASSERT_TRUE(subject->read({}, soon()));
    EXPECT_EQ(count_of("aggregate"), 1);
    fail(R"("off")", "{}");
    ASSERT_TRUE(subject->read({}, soon()));
    EXPECT_EQ(count_of("aggregate"), 1) << "not asked again so soon";
    CountingLogger quiet;
    TargetSettings impatience = ordinary();
    impatience.ask_catalog_again_after = milliseconds(0);
    const auto forgetful = create_targets(impatience, quiet);
    fail_always(forbid_catalog);
    EXPECT_EQ(read_with(*forgetful, database(uri()), {}).size(), 1U);
    EXPECT_EQ(read_with(*forgetful, database(uri()), {}).size(), 1U);
    EXPECT_EQ(count_of("aggregate"), 3) << "asked every time";
}

class WireCatalogRefusal : public WireCatalog, public testing::WithParamInterface<int> {};

// Not authorised, unknown stage, unknown command, wrong namespace, no such namespace, not supported, strict
// API, and what a hosted service answers.
TEST_P(WireCatalogRefusal, IsNoReasonNotToRead) {
    seed(every_kind);
    const auto allowed = read({});
    fail_always(R"({"failCommands": ["$listCatalog"], "errorCode": )" + std::to_string(GetParam()) + "}");
    expect_same(read({}), allowed);
}
INSTANTIATE_TEST_SUITE_P(Codes, WireCatalogRefusal, testing::Values(13, 40324, 59, 73, 26, 238, 323, 8000));

TEST_F(WireCatalog, AUserWhoMayNotListOneCollectionIsToldOfThatOne) {
    seed(R"({"a": {}, "b": {}})");
    fail_always(R"({"failCommands": ["listIndexes"], "namespace": "t.b", "errorCode": 13})");
    const auto found = read({});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_FALSE(found[0].unreadable);
    EXPECT_TRUE(found[1].unreadable);
}

TEST_F(WireCatalog, ALostServerIsAnErrorAndNotAnEmptyDatabase) {
    seed(R"({"a": {}})");
    fail_always(R"({"failCommands": ["aggregate"], "closeConnection": true})");
    const auto found = target()->read({}, soon());
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::target_unreachable);
}

class WireOldServer : public WireCatalog {
  protected:
    WireOldServer() : WireCatalog(old()) {}
    static sandbox::Settings old() {
        sandbox::Settings settings;
        settings.version = {5, 0};
        return settings;
    }
};

TEST_F(WireOldServer, IsNotAskedForWhatItDoesNotKnow) {
    seed(R"({"a": {}})");
    EXPECT_EQ(read({}).size(), 1U);
    EXPECT_EQ(count_of("aggregate"), 0);
}

}  // namespace
}  // namespace mim::target
