// A target that hangs is left alone; others are not, and it is used again when it is back.
#include "unit/target/wire_fixture.hpp"

namespace mim::target {
namespace {

class WireBreaker : public Wire {
  protected:
    WireBreaker() {
        TargetSettings settings = impatient();
        settings.breaker = {.failures = 2, .pause = milliseconds(60'000)};
        subject = create_targets(settings, logger);
        known.uri = Secret(uri());
        known.db_name = "t";
    }
    void hang() {
        fail_always(R"({"failCommands": ["listCollections", "aggregate"], "appName": "mim",
                        "blockConnection": true, "blockTimeMS": 60000})");
    }
    void come_back() { fail(R"("off")", "{}"); }
    ErrorCode read_code() {
        const auto read = subject->open(known).value()->read({}, soon());
        return read ? ErrorCode::internal : read.error().code;
    }

    std::unique_ptr<app::Targets> subject;
    app::Database known;
};

TEST_F(WireBreaker, ATargetThatHangsIsLeftAloneUntilATestFindsItBack) {
    hang();
    EXPECT_EQ(read_code(), ErrorCode::target_timeout);
    EXPECT_FALSE(subject->is_paused(known));
    EXPECT_EQ(read_code(), ErrorCode::target_timeout);
    EXPECT_EQ(read_code(), ErrorCode::target_paused);
    EXPECT_TRUE(subject->is_paused(known));
    app::Database neighbour = known;  // another database of the same deployment
    neighbour.id = DatabaseId::generate();
    neighbour.db_name = "u";
    EXPECT_TRUE(subject->is_paused(neighbour));
    EXPECT_EQ(subject->open_collections(neighbour).value()->count_documents("c", soon()).error().code,
              ErrorCode::target_paused);
    come_back();
    EXPECT_EQ(read_code(), ErrorCode::target_paused) << "the pause is not over";
    EXPECT_TRUE(subject->test(known, soon()));
    EXPECT_FALSE(subject->is_paused(known));
    EXPECT_TRUE(subject->open(known).value()->read({}, soon()));
    EXPECT_EQ(subject->figures().breakers_closed, 1U);
}

TEST_F(WireBreaker, ABuildThatTriesForAllAsksAShortQuestionFirst) {
    hang();
    EXPECT_EQ(read_code(), ErrorCode::target_timeout);
    EXPECT_EQ(read_code(), ErrorCode::target_timeout);
    EXPECT_TRUE(subject->test(known, soon())) << "ends the pause";
    SteadyObserver observer;
    const Done built =
        subject->open(known).value()->create_indexes("c", {spec_of(R"({"key": {"a": 1}, "name": "a_1"})")},
                                                     Deadline::after(std::chrono::hours(1)), observer);
    ASSERT_FALSE(built);
    EXPECT_EQ(built.error().code, ErrorCode::target_timeout) << built.error().message;
    EXPECT_TRUE(subject->is_paused(known));
}

}  // namespace
}  // namespace mim::target
