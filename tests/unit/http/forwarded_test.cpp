#include "http/forwarded.hpp"

#include <gtest/gtest.h>

namespace mim::http {
namespace {

TrustedProxies proxies(ForwardedHeader header = ForwardedHeader::x_forwarded_for) {
    auto made = TrustedProxies::create({"10.0.0.0/8", "192.0.2.7", "fd00::/8", "172.16.0.0/12"}, header);
    EXPECT_TRUE(made);
    return *made;
}

struct Way {
    std::string_view peer, x_forwarded_for, sender;
};
class SeesThroughProxies : public testing::TestWithParam<Way> {};

TEST_P(SeesThroughProxies, to_the_rightmost_untrusted_address) {
    const Way& way = GetParam();
    const Sender peer{std::string(way.peer), Scheme::http};
    EXPECT_EQ(proxies().sender_of(peer, {std::string(way.x_forwarded_for), "", ""}).address, way.sender);
}

INSTANTIATE_TEST_SUITE_P(
    Forwarded, SeesThroughProxies,
    testing::Values(Way{"10.1.2.3", "203.0.113.9", "203.0.113.9"},                // one proxy
                    Way{"10.1.2.3", "203.0.113.9, 10.9.9.9", "203.0.113.9"},      // two of ours
                    Way{"10.1.2.3", "1.1.1.1, 203.0.113.9", "203.0.113.9"},       // the left is forged
                    Way{"203.0.113.9", "1.1.1.1", "203.0.113.9"},                 // no proxy of ours
                    Way{"10.1.2.3", "", "10.1.2.3"},                              // says nothing
                    Way{"10.1.2.3", "unknown", "10.1.2.3"},                       // no address
                    Way{"10.1.2.3", "1.1.1.1, _hidden, 10.9.9.9", "10.9.9.9"},    // the way ends there
                    Way{"10.1.2.3", "1.1.1.1,,", "10.1.2.3"},                     // empty at the end
                    Way{"10.1.2.3", "10.0.0.1, 10.0.0.2", "10.0.0.1"},            // all of them ours
                    Way{"10.1.2.3", "203.0.113.9:4711", "203.0.113.9"},           // with a port
                    Way{"fd00::1", "[2001:db8::1]:4711", "2001:db8::1"},          // the same
                    Way{"fd00::1", "2001:DB8:0::1", "2001:db8::1"},               // one spelling
                    Way{"::ffff:10.1.2.3", "::ffff:203.0.113.9", "203.0.113.9"},  // IPv4 in IPv6
                    Way{"172.31.255.255", "203.0.113.9", "203.0.113.9"},          // inside a /12
                    Way{"172.32.0.0", "203.0.113.9", "172.32.0.0"},               // just outside
                    Way{"192.0.2.7", "203.0.113.9", "203.0.113.9"},               // a single address
                    Way{"192.0.2.8", "203.0.113.9", "192.0.2.8"},                 // its neighbour
                    Way{"10.1.2.3", "\", 203.0.113.9", "203.0.113.9"}));          // a quote left open

TEST(Forwarded, only_the_header_of_our_proxies_is_believed) {
    const Sender peer{"10.1.2.3", Scheme::http};
    const ForwardedLines both{"203.0.113.9", "http", "for=198.51.100.1;proto=https"};
    EXPECT_EQ(proxies().sender_of(peer, both), (Sender{"203.0.113.9", Scheme::http}));
    EXPECT_EQ(proxies(ForwardedHeader::forwarded).sender_of(peer, both),
              (Sender{"198.51.100.1", Scheme::https}));
}

TEST(Forwarded, rfc_7239_elements_are_read) {
    const Sender peer{"10.1.2.3", Scheme::http};
    const auto sender = [&](const char* line) {
        return proxies(ForwardedHeader::forwarded).sender_of(peer, {"", "", line}).address;
    };
    EXPECT_EQ(sender("for=1.1.1.1, For=\"[2001:db8::9]:47\" ; proto=http;by=10.0.0.1"), "2001:db8::9");
    EXPECT_EQ(sender("for=\", for=203.0.113.9;by=x, for=10.0.0.5"), "203.0.113.9");
    EXPECT_EQ(sender("by=10.0.0.1"), "10.1.2.3");
    EXPECT_EQ(sender("for=\"_secret\""), "10.1.2.3");
    EXPECT_EQ(sender(";;,=,\""), "10.1.2.3");
}

TEST(Forwarded, the_scheme_is_that_of_the_nearest_proxy) {
    const Sender peer{"10.1.2.3", Scheme::https};
    const auto scheme = [&](const char* line) {
        return proxies().sender_of(peer, {"203.0.113.9", line, ""}).scheme;
    };
    EXPECT_EQ(scheme("https, HTTP"), Scheme::http);
    EXPECT_EQ(scheme("http, HTTPS"), Scheme::https);
    EXPECT_EQ(scheme("gopher"), Scheme::https);
    EXPECT_EQ(proxies().sender_of({"203.0.113.1", Scheme::http}, {"", "https", ""}).scheme, Scheme::http);
}

TEST(Forwarded, what_is_no_network_is_named) {
    for (const char* text :
         {"10.0.0.0/33", "fd00::/129", "10.0.0.0/", "10.0.0.0/x", "10.0.0/8", "proxy", "", "/8"}) {
        const auto made = TrustedProxies::create({"10.0.0.1", text}, ForwardedHeader::x_forwarded_for);
        ASSERT_FALSE(made) << text;
        EXPECT_EQ(made.error().fields.front().path, "--trusted-proxies");
    }
    const auto everybody = TrustedProxies::create({"0.0.0.0/0"}, ForwardedHeader::x_forwarded_for);
    EXPECT_TRUE(everybody->trusts("203.0.113.9"));
    EXPECT_FALSE(everybody->trusts("2001:db8::1"));
}

}  // namespace
}  // namespace mim::http
