#include "sandbox/fail_point.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::sandbox {
namespace {

bson::Document command(const std::string& mode, const std::string& data) {
    return bson::parse_json(R"({"configureFailPoint": "failCommand", "mode": )" + mode + R"(, "data": )" +
                            data + "}")
        .value();
}

FailPoint configured(const std::string& mode, const std::string& data) {
    FailPoint point;
    EXPECT_TRUE(point.configure(command(mode, data)));
    return point;
}

const Target ping{"ping", "app", "t.$cmd", "t"};
constexpr const char* fails_ping = R"({"failCommands": ["ping"], "errorCode": 91})";

int times_met(FailPoint& point, int tries) {
    int met = 0;
    for (int each = 0; each < tries; ++each) met += point.meet(ping) ? 1 : 0;
    return met;
}

TEST(FailPoint, CountsByMode) {
    auto always = configured(R"("alwaysOn")", fails_ping), twice = configured(R"({"times": 2})", fails_ping);
    auto later = configured(R"({"skip": 2})", fails_ping), off = configured(R"("off")", "{}");
    EXPECT_EQ(times_met(always, 5), 5);
    EXPECT_EQ(times_met(twice, 5), 2);
    EXPECT_EQ(times_met(later, 5), 3);
    EXPECT_EQ(times_met(off, 5), 0);
    EXPECT_EQ(twice.configure(command(R"("off")", "{}")).value(), 2);
}

TEST(FailPoint, ConcernsOnlyWhatItNames) {
    auto point = configured(
        R"("alwaysOn")", R"({"failCommands": ["find"], "errorCode": 2, "appName": "a", "namespace": "t.c"})");
    EXPECT_TRUE(point.meet({"find", "a", "t.c", "t"}));
    EXPECT_FALSE(point.meet({"find", "b", "t.c", "t"}));
    EXPECT_FALSE(point.meet({"find", "a", "t.d", "t"}));
    EXPECT_FALSE(point.meet({"insert", "a", "t.c", "t"}));
}

TEST(FailPoint, NeverConcernsItsOwnCommand) {
    auto point = configured(R"("alwaysOn")", R"({"failCommands": ["configureFailPoint"], "errorCode": 2})");
    EXPECT_FALSE(point.meet({"configureFailPoint", "", "admin.$cmd", "admin"}));
}

TEST(FailPoint, SaysWhatIsToHappen) {
    auto point =
        configured(R"("alwaysOn")", R"({"failCommands": ["ping"], "errorCode": 11602, "errorLabels": ["L"],
        "closeConnection": true, "blockConnection": true, "blockTimeMS": 7, "writeConcernError": {"code": 64}})");
    const auto sabotage = point.meet(ping);
    ASSERT_TRUE(sabotage);
    EXPECT_EQ(sabotage->block, std::chrono::milliseconds(7));
    EXPECT_EQ(sabotage->connection, Sabotage::Connection::close);
    ASSERT_TRUE(sabotage->refusal && sabotage->write_concern_error);
    EXPECT_EQ(sabotage->refusal->code, 11602);
    EXPECT_EQ(sabotage->refusal->reply().find("codeName")->string(), "InterruptedDueToReplStateChange");
    EXPECT_TRUE(sabotage->refusal->details.contains("errorLabels"));
}

TEST(FailPoint, RefusesImpossibleConfigurations) {
    for (const auto& [mode, data] : std::vector<std::pair<std::string, std::string>>{
             {R"("sometimes")", fails_ping},
             {R"({"times": -1})", fails_ping},
             {"5", fails_ping},
             {"{}", fails_ping},
             {R"("alwaysOn")", "{}"},
             {R"("alwaysOn")", R"({"failCommands": ["a"], "errorCode": "x"})"},
             {R"("alwaysOn")", R"({"failCommands": ["a"], "blockConnection": true})"}})
        EXPECT_FALSE(FailPoint().configure(command(mode, data))) << mode << data;
    EXPECT_FALSE(
        FailPoint().configure(bson::parse_json(R"({"configureFailPoint": "other", "mode": "off"})").value()));
}

}  // namespace
}  // namespace mim::sandbox
