#include "base/ip_address.hpp"

#include <gtest/gtest.h>

namespace mim {
namespace {

TEST(IpNetwork, Contains) {
    struct Case {
        const char* network;
        const char* address;
        const char* answer;
    };
    const Case cases[] = {
        {"10.0.0.0/8", "10.255.0.1", "yes"},
        {"10.0.0.0/8", "11.0.0.1", "no"},
        {"10.1.2.3/8", "10.9.9.9", "yes"},
        {"10.0.0.0/8", "::ffff:10.0.0.1", "yes"},
        {"172.16.0.0/12", "172.31.255.255", "yes"},
        {"172.16.0.0/12", "172.32.0.0", "no"},
        {"192.168.1.7", "192.168.1.7", "yes"},
        {"192.168.1.7", "192.168.1.6", "no"},
        {"192.168.1.7/32", "::ffff:c0a8:107", "yes"},
        {"0.0.0.0/0", "203.0.113.9", "yes"},
        {"0.0.0.0/0", "2001:db8::1", "no"},
        {"::/0", "2001:db8::1", "yes"},
        {"::/0", "203.0.113.9", "yes"},
        {"fe80::/10", "febf::1", "yes"},
        {"fe80::/10", "fec0::1", "no"},
        {"127.0.0.0/8", "0.0.0.0", "no"},
        {"::1", "::", "no"},
        {"fd00:ec2::254/128", "fd00:ec2::254", "yes"},
    };
    for (const Case& one : cases) {
        const auto network = IpNetwork::parse(one.network);
        const auto address = IpAddress::parse(one.address);
        ASSERT_TRUE(network && address) << one.network << " " << one.address;
        EXPECT_STREQ(network->contains(*address) ? "yes" : "no", one.answer)
            << one.network << " " << one.address;
    }
}

TEST(IpNetwork, ANetworkLiesWithinAWiderOne) {
    const auto wide = *IpNetwork::parse("169.254.0.0/16");
    EXPECT_TRUE(wide.contains(*IpNetwork::parse("169.254.10.0/24")));
    EXPECT_TRUE(wide.contains(wide));
    EXPECT_FALSE(wide.contains(*IpNetwork::parse("169.0.0.0/8")));
    EXPECT_FALSE(wide.contains(*IpNetwork::parse("10.0.0.0/24")));
}

TEST(IpNetwork, WhatIsNone) {
    for (const char* text : {"", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "fe80::/129",
                             "10.0.0.0/8x", "*.example.com", "[::1]"})
        EXPECT_FALSE(IpNetwork::parse(text)) << text;
}

TEST(IpAddress, TheUnspecifiedOneReachesTheMachineItself) {
    EXPECT_EQ(IpAddress::parse("0.0.0.0")->reached().text(), "127.0.0.1");
    EXPECT_EQ(IpAddress::parse("::")->reached().text(), "::1");
    EXPECT_EQ(IpAddress::parse("::ffff:0.0.0.0")->reached().text(), "127.0.0.1");
    EXPECT_EQ(IpAddress::parse("10.0.0.1")->reached().text(), "10.0.0.1");
}

TEST(IpAddress, IsLoopback) {
    for (const char* text : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
        EXPECT_TRUE(IpAddress::parse(text)->is_loopback()) << text;
    for (const char* text : {"0.0.0.0", "128.0.0.1", "::2", "::", "fe80::1"})
        EXPECT_FALSE(IpAddress::parse(text)->is_loopback()) << text;
}

TEST(IpAddress, ReadsAsPeopleWriteIt) {
    for (const char* text : {"127.0.0.1", "2001:db8::1", "fe80::1"})
        EXPECT_EQ(IpAddress::parse(text)->text(), text);
    EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1")->text(), "10.0.0.1");
}

}  // namespace
}  // namespace mim
