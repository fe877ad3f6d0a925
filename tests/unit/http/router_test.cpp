#include "http/router.hpp"

#include <gtest/gtest.h>

namespace mim::http {
namespace {

const Router& router() {
    static const Router one(routes(), {"/api/v1", "/api/doctor-manager-api/v1"});
    return one;
}

struct Found {
    Method method;
    std::string_view path;
    std::string_view name;
};

class FindsRoute : public testing::TestWithParam<Found> {};

TEST_P(FindsRoute, by_method_and_path) {
    const Match match = router().match(GetParam().method, GetParam().path);
    ASSERT_EQ(match.kind, Match::Kind::found) << GetParam().path;
    EXPECT_EQ(match.route->name, GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Router, FindsRoute,
    testing::Values(
        Found{Method::post, "/api/v1/auth/login", "login"},
        Found{Method::post, "/api/v1/auth/login/", "login"},
        Found{Method::post, "/api/doctor-manager-api/v1/auth/login", "login"},
        Found{Method::post, "/api/v1/databases/", "createDatabase"},
        Found{Method::post, "/api/v1/databases", "createDatabase"},
        Found{Method::post, "/api/v1/databases/list", "listDatabases"},
        Found{Method::put, "/api/v1/databases/collections/", "renameCollection"},
        Found{Method::put, "/api/v1/databases/65a1f0c2e4b0a1b2c3d4e5f6/", "updateDatabase"},
        Found{Method::get, "/api/v1/indexes/sync-status/65a1f0c2e4b0a1b2c3d4e5f6", "getSync"},
        Found{Method::get, "/api/v1/indexes/sync-status/by-database/65a1f0c2e4b0a1b2c3d4e5f6", "listSyncs"},
        Found{Method::get, "/api/v1/indexes/sync-status/65a1f0c2e4b0a1b2c3d4e5f6/events", "followSync"},
        Found{Method::head, "/api/v1/auth/profile", "getProfile"}, Found{Method::get, "/healthz", "health"},
        Found{Method::get, "/docs/", "docs"}));

class NoUrl : public testing::TestWithParam<std::string_view> {};

TEST_P(NoUrl, is_found) {
    EXPECT_EQ(router().match(Method::get, GetParam()).kind, Match::Kind::url_not_found);
}

INSTANTIATE_TEST_SUITE_P(Router, NoUrl,
                         testing::Values("/", "", "/api/v1", "/api/v1/", "/auth/login", "/api/v1x/auth/login",
                                         "/api/v1//auth/login", "/api/v1/auth//login", "/api/v1/healthz",
                                         "/api/v1/databases/a/b/c", "/api/v1/indexes//", "/healthz/x"));

TEST(Router, names_path_parameters) {
    const Match match = router().match(Method::get, "/api/v1/databases/abc");
    ASSERT_EQ(match.parameters.size(), 1U);
    EXPECT_EQ(match.parameters[0].name, "id");
    EXPECT_EQ(match.parameters[0].value, "abc");
}

TEST(Router, tells_the_clients_by_the_base_path) {
    EXPECT_EQ(router().match(Method::get, "/api/v1/databases/abc").dialect, Dialect::current);
    EXPECT_EQ(router().match(Method::get, "/api/doctor-manager-api/v1/databases/abc").dialect,
              Dialect::published);
    EXPECT_EQ(router().match(Method::get, "/healthz").dialect, Dialect::current);
    const Router alone(routes(), {"/api/doctor-manager-api/v1"});
    EXPECT_EQ(alone.match(Method::get, "/api/doctor-manager-api/v1/databases/abc").dialect,
              Dialect::published);
}

TEST(Router, a_literal_path_is_never_read_as_an_id) {
    const Match match = router().match(Method::get, "/api/v1/databases/list");
    EXPECT_EQ(match.kind, Match::Kind::method_not_allowed);
    EXPECT_EQ(match.allow, "POST, OPTIONS");
}

TEST(Router, tells_the_methods_of_a_url) {
    const Match match = router().match(Method::other, "/api/v1/databases/65a1f0c2e4b0a1b2c3d4e5f6");
    EXPECT_EQ(match.kind, Match::Kind::method_not_allowed);
    EXPECT_EQ(match.allow, "GET, HEAD, PUT, DELETE, OPTIONS");
}

TEST(Router, the_base_path_is_a_setting) {
    const Router other(routes(), {""});
    EXPECT_EQ(other.match(Method::post, "/auth/login").kind, Match::Kind::found);
    EXPECT_EQ(other.match(Method::post, "/api/v1/auth/login").kind, Match::Kind::url_not_found);
}

TEST(Routes, who_changes_things_must_be_allowed_to_write) {
    for (const Route& route : routes()) {
        if (route.method == Method::get || route.need != Need::read) continue;
        const bool only_asks = route.name.starts_with("list") || route.name.starts_with("compare") ||
                               route.name == "plan" || route.name == "generateScript" ||
                               route.name == "testDatabase";
        EXPECT_TRUE(only_asks) << route.name;
    }
}

}  // namespace
}  // namespace mim::http
