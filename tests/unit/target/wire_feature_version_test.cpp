// What a probe learns of the feature compatibility version.
#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

class WireFeatureVersion : public Wire {
  protected:
    WireFeatureVersion() : Wire(behind()) {}

    static sandbox::Settings behind() {
        sandbox::Settings settings;
        settings.version = {5, 0};
        settings.feature_version = index::ServerVersion{4, 4};
        return settings;
    }
    // "5.0 4.4", or the error's name.
    static std::string told(app::Target& target) {
        const auto info = target.probe(soon());
        if (!info) return std::string(to_string(info.error().code));
        const auto& release = info->release;
        return release.binary.text() + " " +
               (release.feature_version ? release.feature_version->text() : "none");
    }
    std::int64_t questions() {
        const auto status = command(R"({"serverStatus": 1})", "admin");
        const auto commands = status.find("metrics")->document()->find("commands")->document();
        return commands->find("getParameter")->document()->find("total")->integer().value();
    }
};

TEST_F(WireFeatureVersion, IsAskedFor) {
    const auto subject = target();
    EXPECT_EQ(told(*subject), "5.0 4.4");
    (void)command(R"({"setFeatureCompatibilityVersion": "5.0"})", "admin");
    EXPECT_EQ(told(*subject), "5.0 5.0") << "each time";
}

TEST_F(WireFeatureVersion, WhoMayNotAskIsNotRefusedAgainAndAgain) {
    const auto subject = target();
    fail_always(R"({"failCommands": ["getParameter"], "errorCode": 13})");
    EXPECT_EQ(told(*subject), "5.0 none");
    const auto before = questions();
    EXPECT_EQ(told(*subject), "5.0 none");
    EXPECT_EQ(questions(), before);
}

// Else whoever loses a right would be judged by rules that the server does not follow.
TEST_F(WireFeatureVersion, WhoMayNoLongerAskGoesByWhatWasToldLast) {
    app::Database known = database(uri());
    known.seen_server = app::SeenServer{{{5, 0}, index::ServerVersion{4, 4}}};
    fail_always(R"({"failCommands": ["getParameter"], "errorCode": 13})");
    const auto subject = targets->open(known).value();
    for (int time = 0; time < 2; ++time) {
        const auto info = subject->probe(soon());
        ASSERT_TRUE(info) << info.error().message;
        EXPECT_EQ(info->release, known.seen_server->release);
        EXPECT_EQ(info->feature_version_source, app::FeatureVersionSource::last_look);
    }
    known.seen_server->release.binary = {4, 4};
    EXPECT_EQ(told(*targets->open(known).value()), "5.0 none") << "it was upgraded since";
}

TEST_F(WireFeatureVersion, WhereItIsFromIsTold) {
    const auto source = [this] {
        const auto fresh = create_targets(ordinary(), logger);
        return fresh->open(database(uri())).value()->probe(soon()).value().feature_version_source;
    };
    EXPECT_EQ(source(), app::FeatureVersionSource::server);
    fail_once(R"({"failCommands": ["getParameter"], "errorCode": 13})");
    EXPECT_EQ(source(), app::FeatureVersionSource::refused);
    fail_once(R"({"failCommands": ["getParameter"], "errorCode": 72})");
    EXPECT_EQ(source(), app::FeatureVersionSource::none) << "no right would help";
}

TEST_F(WireFeatureVersion, AServerThatDoesNotKnowTheQuestionHasNone) {
    for (const int code : {59, 72, 115, 238, 303, 8000, 40415}) {
        const auto fresh = create_targets(ordinary(), logger);
        const auto subject = fresh->open(database(uri())).value();
        fail_once(R"({"failCommands": ["getParameter"], "errorCode": )" + std::to_string(code) + "}");
        EXPECT_EQ(told(*subject), "5.0 none") << code;
    }
}

// Else a moment's trouble would have a server judged by other rules.
TEST_F(WireFeatureVersion, AFailureThatPassesIsAFailureOfTheProbe) {
    const auto subject = target();
    fail_once(R"({"failCommands": ["getParameter"], "errorCode": 112})");
    EXPECT_EQ(told(*subject), "target_refused");
    EXPECT_EQ(told(*subject), "5.0 4.4");
}

}  // namespace
}  // namespace mim::target
