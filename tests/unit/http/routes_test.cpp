#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "app/model/audit.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

bool has_parameter(const Route& route, std::string_view name) {
    return (std::string(route.pattern) + "/").find(":" + std::string(name) + "/") != std::string::npos;
}

TEST(Routes, HaveEachItsOwnName) {
    std::set<std::string_view> names;
    for (const Route& route : routes()) EXPECT_TRUE(names.insert(route.name).second) << route.name;
}

// What changes nothing is not announced; a connection test is told of all the same.
TEST(Routes, ARouteThatMayChangeSomethingIsAnAction) {
    for (const Route& route : routes()) {
        if (route.need == Need::write) {
            EXPECT_FALSE(route.action.empty()) << route.name;
        }
        if (route.need == Need::read) {
            EXPECT_TRUE(route.action.empty() || route.record == Record::afterwards) << route.name;
        }
    }
}

TEST(Routes, EveryActionButTheWorkersIsSomeRoutes) {
    std::set<std::string_view> wanted(app::audit_actions.begin(), app::audit_actions.end()),
        found{"sync.finish"};
    for (const Route& route : routes()) {
        if (!route.action.empty()) found.insert(route.action);
    }
    EXPECT_EQ(found, wanted);
}

// What a machine may use reaches databases in one of the ways that are checked.
TEST(Routes, NoRouteOfMachinesGoesPastTheBinding) {
    for (const Route& route : routes()) {
        const Reach reach = route.reach;
        const bool for_machines = route.need == Need::read || route.need == Need::write;
        EXPECT_EQ(for_machines, reach != Reach::nothing) << route.name;
        if (reach == Reach::sync) {
            EXPECT_TRUE(has_parameter(route, "sync_id")) << route.name;
        }
        if (reach == Reach::index) {
            EXPECT_TRUE(has_parameter(route, "id")) << route.name;
        }
        if (reach == Reach::path) {
            EXPECT_TRUE(has_parameter(route, "id") || has_parameter(route, "database_id")) << route.name;
        }
        if (reach == Reach::path && has_parameter(route, "id")) {
            EXPECT_TRUE(route.pattern.starts_with("/databases/:id")) << route.name;
        }
    }
}

TEST(Routes, WhoseReachIsForgottenIsOutOfReachOfBoundKeys) {
    const Route forgotten{Method::get, "/x", "forgotten", Need::read, nullptr};
    EXPECT_EQ(forgotten.reach, Reach::unbounded);
}

}  // namespace
}  // namespace mim::http
