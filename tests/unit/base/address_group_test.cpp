#include "base/address_group.hpp"

#include <gtest/gtest.h>

namespace mim {
namespace {

TEST(AddressGroup, AnIpv4AddressStandsForItself) {
    EXPECT_EQ(address_group("192.0.2.1"), address_group("::ffff:192.0.2.1"));
    EXPECT_NE(address_group("192.0.2.1"), address_group("192.0.2.2"));
    EXPECT_NE(address_group("192.0.2.1"), address_group(""));
}

TEST(AddressGroup, AnIpv6AddressStandsForItsNetwork) {
    EXPECT_EQ(address_group("2001:db8:1:2::1"), address_group("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    EXPECT_EQ(address_group("fe80::1%eth0"), address_group("fe80::2"));
    EXPECT_NE(address_group("2001:db8:1:2::1"), address_group("2001:db8:1:3::1"));
}

TEST(AddressGroup, ANetworkHas24BitsOfIpv4And56OfIpv6) {
    EXPECT_EQ(address_network("192.0.2.1"), address_network("::ffff:192.0.2.254"));
    EXPECT_NE(address_network("192.0.2.1"), address_network("192.0.3.1"));
    EXPECT_EQ(address_network("2001:db8:1:200::1"), address_network("2001:db8:1:2ff:ffff::1"));
    EXPECT_NE(address_network("2001:db8:1:200::1"), address_network("2001:db8:1:300::1"));
    EXPECT_EQ(address_network("elsewhere"), address_network(""));
}

TEST(AddressGroup, WhatIsNoAddressIsOneGroup) {
    EXPECT_EQ(address_group(""), address_group("elsewhere"));
    EXPECT_EQ(address_group(""), address_group(std::string(1000, '1')));
    EXPECT_EQ(address_group(""), address_group("1.2.3.4.5"));
}

}  // namespace
}  // namespace mim
