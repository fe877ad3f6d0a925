#include <functional>

#include "contract/outcome.hpp"
#include "fakes/fake_worker.hpp"
#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

using contract::outcome;
using State = index::LiveIndex::State;

class CallingObserver final : public SteadyObserver {
  public:
    explicit CallingObserver(std::function<app::BuildVerdict()> call) : call_(std::move(call)) {}
    app::BuildVerdict on_progress(const app::BuildProgress& progress) override {
        (void)SteadyObserver::on_progress(progress);
        return call_();
    }

  private:
    std::function<app::BuildVerdict()> call_;
};

// A standalone lists what it builds like what is ready.
enum class Plays { standalone, replica_set };

class WireBuild : public Wire, public testing::WithParamInterface<Plays> {
  protected:
    WireBuild() : Wire(playing(GetParam())) {}
    static sandbox::Settings playing(Plays what) {
        sandbox::Settings settings;
        if (what == Plays::replica_set) settings.replica_set = "rs";
        return settings;
    }
    void SetUp() override { (void)command(R"({"create": "c"})"); }
    std::vector<std::string> index_names() {
        std::vector<std::string> names;
        const auto all = target()->read({std::vector<std::string>{"c"}, {}}, soon()).value();
        for (const auto& found : all.at(0).indexes) {
            names.push_back(found.spec.name + (found.state == State::building ? " (building)" : ""));
        }
        return names;
    }
    // The verdict once the server builds all that was asked for: before, the command may not have been sent.
    CallingObserver when_building(app::BuildVerdict verdict) {
        return CallingObserver(
            [this, verdict] { return index_names().size() < 3 ? app::BuildVerdict::go_on : verdict; });
    }
    const std::vector<index::Spec> two{spec_of(R"({"key": {"a": 1}, "name": "a_1"})"),
                                       spec_of(R"({"key": {"b": 1}, "name": "b_1"})")};
    SteadyObserver observer;
};
using Names = std::vector<std::string>;

TEST_P(WireBuild, OneCommandBuildsAll) {
    EXPECT_TRUE(target()->create_indexes("c", two, soon(), observer));
    EXPECT_EQ(index_names(), (Names{"_id_", "a_1", "b_1"}));
    EXPECT_TRUE(target()->create_indexes("c", two, soon(), observer)) << "there already, as wanted";
    EXPECT_TRUE(target()->create_indexes("c", {}, soon(), observer));
}

TEST_P(WireBuild, ALongBuildTellsItsProgress) {
    builds_take(milliseconds(600));
    const auto created = target()->create_indexes("c", two, soon(), observer);
    ASSERT_TRUE(created) << created.error().message;
    EXPECT_GT(observer.calls, 1);
    ASSERT_TRUE(observer.last.done);
    EXPECT_EQ(observer.last.total, 1'000);
    EXPECT_TRUE(observer.last.phase.starts_with("Index Build")) << observer.last.phase;
    EXPECT_EQ(observer.last.phase.find('%'), std::string::npos) << observer.last.phase;
}

TEST_P(WireBuild, WhileItRunsItIsReadAsBuilding) {
    builds_take(milliseconds(60'000));
    const auto subject = target();
    Names seen;
    CallingObserver looking([&] {
        if (seen.size() < 3) seen = index_names();
        return seen.size() < 3 ? app::BuildVerdict::go_on : app::BuildVerdict::abort;
    });
    EXPECT_EQ(subject->create_indexes("c", two, soon(), looking).error().code, ErrorCode::cancelled);
    EXPECT_EQ(seen, (Names{"_id_", "a_1 (building)", "b_1 (building)"}));
}

// So that no server with another ICU fills in what the definition does not mean.
TEST_P(WireBuild, ALocaleWithDefaultsOfItsOwnIsSentWithAllMembers) {
    builds_take(milliseconds(60'000));
    bson::Document sent;
    CallingObserver looking([&] {
        const auto seen = command(R"({"currentOp": 1, "command.createIndexes": "c"})", "admin");
        const auto running = *seen.find("inprog")->document();
        if (running.empty()) return app::BuildVerdict::go_on;
        const auto build = *running.find("0")->document()->find("command")->document();
        const auto index = *build.find("indexes")->document()->find("0")->document();
        sent = bson::Document(*index.find("collation")->document());
        return app::BuildVerdict::abort;
    });
    const auto danish =
        spec_of(R"({"key": {"a": 1}, "name": "a_1", "collation": {"locale": "da", "strength": 4}})");
    EXPECT_EQ(target()->create_indexes("c", {danish}, soon(), looking).error().code, ErrorCode::cancelled);
    const auto whole = bson::parse_json(
        R"({"locale": "da", "caseLevel": false, "caseFirst": "upper", "strength": 4, "numericOrdering": false,
            "alternate": "non-ignorable", "maxVariable": "punct", "normalization": false, "backwards": false})");
    EXPECT_EQ(sent, whole.value());
}

TEST_P(WireBuild, AbortEndsTheBuildAndKeepsWhatWasThereBefore) {
    ASSERT_TRUE(target()->create_indexes("c", {two[0]}, soon(), observer));
    builds_take(milliseconds(60'000));
    auto aborting = when_building(app::BuildVerdict::abort);
    const auto aborted = target()->create_indexes("c", two, soon(), aborting);
    ASSERT_FALSE(aborted);
    EXPECT_EQ(aborted.error().code, ErrorCode::cancelled) << aborted.error().message;
    EXPECT_EQ(index_names(), (Names{"_id_", "a_1"}));
}

TEST_P(WireBuild, ABuildThatIsLeftGoesOnAndIsJoined) {
    builds_take(milliseconds(600));
    auto leaving = when_building(app::BuildVerdict::leave);
    EXPECT_EQ(target()->create_indexes("c", two, soon(), leaving).error().code, ErrorCode::cancelled);
    EXPECT_EQ(index_names(), (Names{"_id_", "a_1 (building)", "b_1 (building)"}));
    EXPECT_TRUE(target()->create_indexes("c", two, soon(), observer));
    EXPECT_EQ(index_names(), (Names{"_id_", "a_1", "b_1"}));
}

class WireLease : public WireBuild {
  protected:
    void SetUp() override {
        WireBuild::SetUp();
        ASSERT_TRUE(target()->create_indexes("c", {two[0]}, soon(), observer));
    }
    // Over a connection of its own, which has yet to be made.
    Done changed(const std::string& how) {
        const auto fresh = create_targets(ordinary(), logger);
        const auto subject = fresh->open_for_run(database(uri()), signal).value();
        if (how == "create") return subject->create_indexes("c", {two[1]}, soon(), observer);
        if (how == "drop") return subject->drop_index("c", "a_1", soon());
        return subject->modify_index("c", hide_a.view(), soon());
    }
    const bson::Document hide_a = bson::parse_json(R"({"name": "a_1", "hidden": true})").value();
    fakes::FakeStopSignal signal;
};

TEST_P(WireLease, WhoHasLostItSendsNothing) {
    signal.lost = true;
    for (const std::string how : {"create", "drop", "modify"})
        EXPECT_EQ(outcome(changed(how)), "lease_lost") << how;
    const auto all = target()->read({std::vector<std::string>{"c"}, {}}, soon()).value();
    EXPECT_EQ(index_names(), (Names{"_id_", "a_1"}));
    EXPECT_FALSE(all.at(0).indexes.at(1).spec.options.contains("hidden"));
    signal.lost = false;
    for (const std::string how : {"create", "modify", "drop"}) EXPECT_EQ(outcome(changed(how)), "ok") << how;
    EXPECT_EQ(index_names(), (Names{"_id_", "b_1"}));
}

// Connecting may take long, and the lease end meanwhile.
TEST_P(WireLease, IsAskedAboutWhenAConnectionStandsReady) {
    signal.lost = true;
    for (const std::string how : {"create", "drop", "modify"}) {
        fail_once(R"({"failCommands": ["ping"], "errorCode": 13})");
        EXPECT_EQ(outcome(changed(how)), "target_not_authorised") << how;
    }
}

TEST_P(WireBuild, TheDeadlineEndsTheBuildToo) {
    builds_take(milliseconds(60'000));
    const auto late = target()->create_indexes("c", two, Deadline::after(milliseconds(300)), observer);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::target_timeout) << late.error().message;
    EXPECT_EQ(index_names(), (Names{"_id_"}));
}

TEST_P(WireBuild, AConflictIsTheServersRefusal) {
    ASSERT_TRUE(target()->create_indexes("c", {two[0]}, soon(), observer));
    const auto conflict = target()->create_indexes(
        "c", {spec_of(R"({"key": {"a": 1}, "name": "a_1", "unique": true})")}, soon(), observer);
    ASSERT_FALSE(conflict);
    EXPECT_EQ(conflict.error().code, ErrorCode::target_refused);
    ASSERT_TRUE(conflict.error().server);
    EXPECT_EQ(conflict.error().server->name, "IndexKeySpecsConflict");
}

TEST_P(WireBuild, ALostAnswerIsUnknown) {
    fail_once(R"({"failCommands": ["createIndexes"], "closeConnection": true})");
    EXPECT_EQ(target()->create_indexes("c", two, soon(), observer).error().code,
              ErrorCode::target_outcome_unknown);
}

TEST_P(WireBuild, AServerThatDiesInTheMiddleIsUnknown) {
    builds_take(milliseconds(60'000));
    CallingObserver killing([this] {
        if (server && index_names().size() == 3) server.reset();
        return app::BuildVerdict::go_on;
    });
    EXPECT_EQ(target()->create_indexes("c", two, soon(), killing).error().code,
              ErrorCode::target_outcome_unknown);
}

TEST_P(WireBuild, UnconfirmedReplicationIsASuccessAndALogEntry) {
    fail_once(
        R"({"failCommands": ["createIndexes"], "writeConcernError": {"code": 64, "codeName": "WriteConcernFailed", "errmsg": "waiting"}})");
    EXPECT_TRUE(target()->create_indexes("c", two, soon(), observer));
    EXPECT_EQ(logger.unconfirmed, 1);
    EXPECT_EQ(index_names().size(), 3U);
}

TEST_P(WireBuild, WithoutTheRightToLookTheObserverIsStillCalled) {
    builds_take(milliseconds(400));
    fail_always(R"({"failCommands": ["aggregate"], "errorCode": 13})");
    EXPECT_TRUE(target()->create_indexes("c", two, soon(), observer));
    EXPECT_GT(observer.calls, 1);
    EXPECT_FALSE(observer.last.done);
}

TEST_P(WireBuild, AnAbortThatTheServerRefusesIsNotCalledDone) {
    builds_take(milliseconds(60'000));
    fail_always(R"({"failCommands": ["dropIndexes"], "errorCode": 13})");
    TargetSettings settings = ordinary();
    settings.abort_grace = milliseconds(300);
    settings.shutdown_grace = milliseconds(1);
    const auto hasty = create_targets(settings, logger);
    auto aborting = when_building(app::BuildVerdict::abort);
    const auto aborted = hasty->open(database(uri())).value()->create_indexes("c", two, soon(), aborting);
    EXPECT_EQ(aborted.error().code, ErrorCode::target_outcome_unknown);
    EXPECT_NE(aborted.error().message.find("dropIndex"), std::string::npos) << aborted.error().message;
    server.reset();
}

TEST_P(WireBuild, DropsByNameOnceOrTwice) {
    ASSERT_TRUE(target()->create_indexes("c", two, soon(), observer));
    EXPECT_TRUE(target()->drop_index("c", "a_1", soon()));
    EXPECT_TRUE(target()->drop_index("c", "a_1", soon())) << "gone already";
    EXPECT_TRUE(target()->drop_index("missing", "a_1", soon()));
    for (const char* name : {"_id_", "*", ""}) {
        EXPECT_EQ(target()->drop_index("c", name, soon()).error().code, ErrorCode::invalid_input) << name;
    }
    EXPECT_EQ(index_names(), (Names{"_id_", "b_1"}));
}

TEST_P(WireBuild, ModifiesInPlace) {
    ASSERT_TRUE(target()->create_indexes("c", two, soon(), observer));
    EXPECT_TRUE(target()->modify_index(
        "c", bson::parse_json(R"({"name": "a_1", "hidden": true})").value().view(), soon()));
    const auto all = target()->read({std::vector<std::string>{"c"}, {}}, soon()).value();
    EXPECT_TRUE(all.at(0).indexes.at(1).spec.options.contains("hidden"));
    const auto unknown = target()->modify_index(
        "c", bson::parse_json(R"({"name": "zz", "hidden": true})").value().view(), soon());
    EXPECT_EQ(unknown.error().server.value().code, 27);
}

class WireBuildEnd : public WireBuild {
  protected:
    void SetUp() override {
        WireBuild::SetUp();
        builds_take(milliseconds(60'000));
        auto leaving = when_building(app::BuildVerdict::leave);
        EXPECT_EQ(outcome(target()->create_indexes("c", two, soon(), leaving)), "cancelled");
        ASSERT_EQ(index_names(), both_building);
    }
    // How many commands that ask for indexes have come to the server.
    std::int64_t asked() {
        const auto status = command(R"({"serverStatus": 1})", "admin");
        const auto commands = *status.find("metrics")->document()->find("commands")->document();
        return *commands.find("createIndexes")->document()->find("total")->integer();
    }
    const Names both_building{"_id_", "a_1 (building)", "b_1 (building)"};
    fakes::FakeStopSignal signal;
};

TEST_P(WireBuildEnd, EndsWhatAnotherCallBegan) {
    EXPECT_EQ(outcome(target()->end_builds("c", {two[0]}, soon())), "target_refused") << "a part of a build";
    EXPECT_EQ(index_names(), both_building);
    EXPECT_EQ(outcome(target()->end_builds("c", two, soon())), "ok");
    EXPECT_EQ(index_names(), Names{"_id_"});
    EXPECT_EQ(outcome(target()->end_builds("c", two, soon())), "ok") << "nothing is being built";
    EXPECT_EQ(outcome(target()->end_builds("missing", two, soon())), "ok");
}

TEST_P(WireBuildEnd, WhoHasLostTheLeaseEndsNothing) {
    const auto subject = targets->open_for_run(database(uri()), signal).value();
    signal.lost = true;
    EXPECT_EQ(outcome(subject->end_builds("c", two, soon())), "lease_lost");
    EXPECT_EQ(index_names(), both_building);
}

// Whoever took over has joined the build.
TEST_P(WireBuildEnd, AnAbortAfterTheLeaseIsLostEndsNothing) {
    const auto subject = targets->open_for_run(database(uri()), signal).value();
    CallingObserver aborting([this, before = asked()] {
        if (asked() == before) return app::BuildVerdict::go_on;
        signal.lost = true;
        return app::BuildVerdict::abort;
    });
    EXPECT_EQ(outcome(subject->create_indexes("c", two, soon(), aborting)), "lease_lost");
    EXPECT_EQ(index_names(), both_building);
}

TEST_P(WireBuildEnd, AnAbortBeforeAnythingWasSentEndsNothing) {
    fail_always(R"({"failCommands": ["ping"], "blockConnection": true, "blockTimeMS": 60000})");
    const auto fresh = create_targets(ordinary(), logger);
    CallingObserver aborting([] { return app::BuildVerdict::abort; });
    const auto aborted = fresh->open(database(uri())).value()->create_indexes("c", two, soon(), aborting);
    EXPECT_EQ(outcome(aborted), "cancelled");
    EXPECT_NE(aborted.error().message.find("not sent"), std::string::npos) << aborted.error().message;
    EXPECT_EQ(index_names(), both_building);
}

// Each of them holds a thread until it ends.
TEST_P(WireBuildEnd, BuildsThatWereLeftKeepNoOtherWaiting) {
    constexpr int many = 20;
    for (int i = 0; i < many; ++i) {
        const std::string name = "left" + std::to_string(i);
        auto one = database(uri());
        one.id = DatabaseId::generate();
        const auto subject = targets->open(one).value();
        CallingObserver leaving([&] {
            const auto seen = target()->read({std::vector<std::string>{name}, {}}, soon()).value();
            return seen.at(0).indexes.size() < 2 ? app::BuildVerdict::go_on : app::BuildVerdict::leave;
        });
        EXPECT_EQ(outcome(subject->create_indexes(name, {two[0]}, soon(), leaving)), "cancelled");
    }
    builds_take(milliseconds(0));
    EXPECT_EQ(outcome(target()->create_indexes("d", two, soon(), observer)), "ok");
}

std::string name_of_deployment(const testing::TestParamInfo<Plays>& what) {
    return what.param == Plays::standalone ? "standalone" : "replica_set";
}
INSTANTIATE_TEST_SUITE_P(Deployments, WireBuild, testing::Values(Plays::standalone, Plays::replica_set),
                         name_of_deployment);
INSTANTIATE_TEST_SUITE_P(Deployments, WireLease, testing::Values(Plays::standalone, Plays::replica_set),
                         name_of_deployment);
INSTANTIATE_TEST_SUITE_P(Deployments, WireBuildEnd, testing::Values(Plays::standalone, Plays::replica_set),
                         name_of_deployment);

}  // namespace
}  // namespace mim::target
