#include "app/model/seen_server.hpp"

#include <gtest/gtest.h>

#include "contract/samples.hpp"

namespace mim::app {
namespace {

using contract::at;
using index::ServerRelease;
using index::ServerVersion;

constexpr ServerRelease of_4_4{{4, 4}, ServerVersion{4, 4}};
constexpr ServerRelease lagging{{5, 0}, ServerVersion{4, 4}};
constexpr ServerRelease of_5_0{{5, 0}, ServerVersion{5, 0}};

TEST(SeenServer, WhatIsNoNewsStaysAsItIs) {
    const SeenServer first = seen_after({}, of_4_4, at(1));
    EXPECT_EQ(first, (SeenServer{of_4_4, at(1)}));
    EXPECT_EQ(seen_after(first, of_4_4, at(2)), first);
}

TEST(SeenServer, TheEarlierRulesAreKeptOnceTheyAreOthers) {
    const SeenServer upgraded = seen_after(SeenServer{of_4_4, at(1)}, lagging, at(2));
    EXPECT_EQ(upgraded, (SeenServer{lagging, at(2)})) << "the same rules";
    const SeenServer raised = seen_after(upgraded, of_5_0, at(3));
    EXPECT_EQ(raised, (SeenServer{of_5_0, at(3), ServerVersion{4, 4}}));
    const SeenServer again = seen_after(raised, {{6, 0}, ServerVersion{6, 0}}, at(4));
    EXPECT_EQ(again.rules_before, (ServerVersion{4, 4})) << "the first ones, until a sync has run";
    EXPECT_EQ(seen_after(again, lagging, at(5)).rules_before, std::nullopt) << "they are back";
}

TEST(SeenServer, WhatWasToldLastHoldsForTheSameBinary) {
    const ServerVersion five{5, 0};
    EXPECT_EQ(feature_version_told_last(lagging, five), (ServerVersion{4, 4}));
    EXPECT_EQ(feature_version_told_last(lagging, {6, 0}), std::nullopt) << "it was upgraded since";
    EXPECT_EQ(feature_version_told_last(ServerRelease{five}, five), std::nullopt) << "nobody was told";
    EXPECT_EQ(feature_version_told_last(std::nullopt, five), std::nullopt) << "nobody has looked";
}

TEST(SeenServer, IsReadBackAsItWasWritten) {
    for (const SeenServer& seen :
         {SeenServer{of_4_4, at(1)}, SeenServer{{{7, 0}}, at(2), ServerVersion{6, 0}},
          SeenServer{lagging, at(3), ServerVersion{4, 2}}})
        EXPECT_EQ(parse_seen_server(to_text(seen)), seen) << to_text(seen);
}

TEST(SeenServer, WhatAnotherVersionWroteIsNone) {
    for (const char* text : {"", "5.0", "5.0 4.4", "5.0 4.4 -", "5.0 x - 1", "5.0 4.4 x 1", "5.0 4.4 - y",
                             "5.0 4.4 - 1 more", "- 4.4 - 1"})
        EXPECT_EQ(parse_seen_server(text), std::nullopt) << text;
}

}  // namespace
}  // namespace mim::app
