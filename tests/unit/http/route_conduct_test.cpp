#include "http/route_conduct.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "app/model/audit.hpp"

namespace mim::http {
namespace {

std::string text(const Conduct& conduct) {
    return std::string(conduct.route);
}

bool has_parameter(const Route& route, std::string_view name) {
    return (std::string(route.pattern) + "/").find(":" + std::string(name) + "/") != std::string::npos;
}

TEST(RouteConduct, EveryRouteHasOneAndNothingElseHas) {
    std::multiset<std::string> served, listed;
    for (const Route& route : routes()) served.insert(std::string(route.name));
    for (const Conduct& conduct : conducts()) listed.insert(text(conduct));
    EXPECT_EQ(served, listed);
}

// What changes nothing is not announced; a connection test is told of all the same.
TEST(RouteConduct, ARouteThatMayChangeSomethingIsAnAction) {
    for (const Route& route : routes()) {
        if (route.need == Need::write) {
            EXPECT_FALSE(conduct_of(route).action.empty()) << route.name;
        }
        if (route.need == Need::read) {
            const Conduct& conduct = conduct_of(route);
            EXPECT_TRUE(conduct.action.empty() || conduct.record == Record::afterwards) << route.name;
        }
    }
}

TEST(RouteConduct, EveryActionButTheWorkersIsSomeRoutes) {
    std::set<std::string_view> wanted(app::audit_actions.begin(), app::audit_actions.end()),
        found{"sync.finish"};
    for (const Conduct& conduct : conducts()) {
        if (!conduct.action.empty()) found.insert(conduct.action);
    }
    EXPECT_EQ(found, wanted);
}

// What a machine may use reaches databases in one of the ways that are checked.
TEST(RouteConduct, NoRouteOfMachinesGoesPastTheBinding) {
    for (const Route& route : routes()) {
        const Reach reach = conduct_of(route).reach;
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

TEST(RouteConduct, AnUnlistedRouteIsOutOfReach) {
    const Route forgotten{Method::get, "/x", "forgotten", Need::read, nullptr};
    EXPECT_EQ(conduct_of(forgotten).reach, Reach::unbounded);
}

}  // namespace
}  // namespace mim::http
