// Reading through a mongos: shard keys come from config.collections.
#include "index/comparison/comparison.hpp"
#include "index/plan/plan.hpp"
#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

class WireSharded : public Wire {
  protected:
    explicit WireSharded(const sandbox::Settings& settings = {}) : Wire(settings) {}
    void SetUp() override {
        const auto loaded = server->load_seed(R"({"deployment": "sharded", "databases": {"t": {
            "orders": {"shardKey": {"customer": 1}, "indexes": [{"key": {"customer": 1, "at": 1}}, {"key": {"x": 1}}]},
            "plain": {"indexes": [{"key": {"x": 1}}]},
            "series": {"shardKey": {"m": 1, "ts": 1}, "options": {"timeseries": {"timeField": "ts", "metaField": "m"}}}
        }, "t2": {"orders": {"shardKey": {"_id": 1}}}}})");
        ASSERT_TRUE(loaded) << loaded.error().message;
    }
    std::vector<index::LiveCollection> read(const app::ReadRequest& request) {
        auto found = target()->read(request, soon());
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : std::vector<index::LiveCollection>();
    }
    static std::optional<bson::Document> key(const std::string& json) {
        return bson::parse_json(json).value();
    }
};

TEST_F(WireSharded, ShardKeysAreRead) {
    const auto server_info = target()->probe(soon()).value();
    EXPECT_EQ(server_info.topology, "sharded");
    EXPECT_FALSE(server_info.release.feature_version) << "a mongos has none";
    EXPECT_EQ(server_info.feature_version_source, app::FeatureVersionSource::none);
    const auto all = read({});
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].traits.shard_key, key(R"({"customer": 1})"));
    EXPECT_EQ(all[1].traits.shard_key, std::nullopt);
    EXPECT_EQ(all[2].traits.shard_key, key(R"({"m": 1, "ts": 1})"));
    EXPECT_EQ(all[0].indexes.size(), 3U);
    EXPECT_EQ(read({.collections = std::vector<std::string>{"orders"}}).at(0).traits.shard_key,
              key(R"({"customer": 1})"));
}

TEST_F(WireSharded, WhoMayNotReadTheConfigDatabaseIsNotStopped) {
    fail_always(R"({"failCommands": ["find"], "namespace": "config.collections", "errorCode": 13})");
    const auto all = read({});
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].traits.shard_key, std::nullopt);
    EXPECT_FALSE(all[0].unreadable);
}

TEST_F(WireSharded, ThePlanLeavesTheLastSupporterAndTheServerWouldHaveRefused) {
    const auto live = read({.collections = std::vector<std::string>{"orders"}});
    const index::CompareOptions options{.version = sandbox::Settings().version};
    const auto compared = index::compare({}, live.at(0), options);
    EXPECT_EQ(compared.shard_key_index, "customer_1_at_1");
    const auto plan = index::make_plan({compared}, {.version = options.version});
    ASSERT_EQ(plan.operations.size(), 1U);
    EXPECT_EQ(plan.operations[0].index, "x_1");
    const auto dropped = target()->drop_index("orders", "customer_1_at_1", soon());
    ASSERT_FALSE(dropped);
    EXPECT_EQ(dropped.error().server->code, 370);
    const auto hidden =
        target()->modify_index("orders", *key(R"({"name": "customer_1_at_1", "hidden": true})"), soon());
    ASSERT_FALSE(hidden);
    EXPECT_EQ(hidden.error().server->code, 72);
    EXPECT_TRUE(target()->drop_index("orders", "x_1", soon()));
}

TEST_F(WireSharded, AUniqueIndexWithoutTheShardKeyIsRefusedByBoth) {
    const auto live = read({.collections = std::vector<std::string>{"orders"}});
    const auto spec = spec_of(R"({"key": {"email": 1}, "name": "email_1", "unique": true})");
    const index::CompareOptions options{.version = sandbox::Settings().version};
    const auto compared = index::compare({{DefinitionId::generate(), spec}}, live.at(0), options);
    const auto plan =
        index::make_plan({compared}, {.extra = index::ExtraChoice::leave, .version = options.version});
    ASSERT_EQ(plan.operations.size(), 1U);
    EXPECT_NE(plan.operations[0].reason.find("sharded by customer_1"), std::string::npos)
        << plan.operations[0].reason;
    SteadyObserver observer;
    const auto created = target()->create_indexes("orders", {spec}, soon(), observer);
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().server->code, 67);
}

class WireShardedEight : public WireSharded {
  protected:
    WireShardedEight() : WireSharded(eight()) {}
    static sandbox::Settings eight() {
        sandbox::Settings settings;
        settings.version = {8, 0};
        return settings;
    }
};

TEST_F(WireShardedEight, CollectionsThatAreTrackedButNotShardedHaveNoShardKey) {
    EXPECT_EQ(read({}).at(1).traits.shard_key, std::nullopt);
}

}  // namespace
}  // namespace mim::target
