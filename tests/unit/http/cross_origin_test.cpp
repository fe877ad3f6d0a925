#include "http/cross_origin.hpp"

#include <map>

#include <gtest/gtest.h>

namespace mim::http {
namespace {

std::map<std::string, std::string> marks(const std::vector<std::string>& listed, std::string origin,
                                         Method method = Method::get) {
    const auto rules = CrossOrigin::create(listed);
    EXPECT_TRUE(rules);
    Request request;
    request.method = method;
    request.origin = std::move(origin);
    Response response;
    if (method == Method::options) response.headers.push_back({"Allow", "POST, OPTIONS"});
    rules->mark(request, response);
    std::map<std::string, std::string> found;
    for (const Header& header : response.headers) found.emplace(header.name, header.value);
    return found;
}

TEST(CrossOrigin, nobody_is_let_in_by_default) {
    EXPECT_TRUE(marks({}, "https://a.example").empty());
}

TEST(CrossOrigin, who_is_listed_may_read) {
    const auto found = marks({"https://b.example", "https://A.example:443"}, "https://a.example");
    EXPECT_EQ(found.at("Access-Control-Allow-Origin"), "https://a.example");
    EXPECT_NE(found.at("Access-Control-Expose-Headers").find("Retry-After"), std::string::npos);
    EXPECT_EQ(found.at("Vary"), "Origin");
    EXPECT_FALSE(found.contains("Access-Control-Allow-Credentials"));
    EXPECT_FALSE(found.contains("Access-Control-Allow-Methods"));
}

TEST(CrossOrigin, a_preflight_learns_what_it_may_send) {
    const auto found = marks({"https://a.example"}, "https://a.example", Method::options);
    EXPECT_EQ(found.at("Access-Control-Allow-Methods"), "POST, OPTIONS");
    EXPECT_NE(found.at("Access-Control-Allow-Headers").find("Authorization"), std::string::npos);
}

TEST(CrossOrigin, everybody_else_learns_only_that_it_depends) {
    for (const char* origin : {"", "null", "https://a.example.evil.com", "http://a.example",
                               "https://a.example:8443", "https://xa.example", "*"}) {
        const auto found = marks({"https://a.example"}, origin, Method::options);
        EXPECT_EQ(found.size(), 2U) << origin;  // Allow and Vary
        EXPECT_EQ(found.at("Vary"), "Origin");
    }
}

TEST(CrossOrigin, what_is_no_origin_is_named) {
    for (const char* text : {"*", "null", "a.example", "https://", "https://a.example/", "https://a b",
                             "://a", "https://*.example", "https://a.example\r\nX: y"}) {
        const auto made = CrossOrigin::create({text});
        ASSERT_FALSE(made) << text;
        EXPECT_EQ(made.error().fields.front().path, "--cors-origins");
    }
}

}  // namespace
}  // namespace mim::http
