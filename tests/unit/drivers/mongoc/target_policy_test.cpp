#include "drivers/mongoc/target_policy.hpp"

#include <gtest/gtest.h>

namespace mim::drivers::mongoc {
namespace {

enum class Expected { allowed, denied, not_on_the_list, sensitive };

Expected kind_of(const std::optional<std::string>& objection) {
    if (!objection) return Expected::allowed;
    if (objection->find("--target-deny") != std::string::npos) return Expected::denied;
    if (objection->find("metadata") != std::string::npos) return Expected::sensitive;
    return Expected::not_on_the_list;
}

TargetPolicy policy(const char* allow, const char* deny) {
    return TargetPolicy::parse(allow, deny).value();
}

TEST(TargetPolicy, JudgesTheAddressConnectedTo) {
    struct Case {
        const char* allow;
        const char* deny;
        const char* host;
        const char* address;
        Expected expected;
    };
    const Case cases[] = {
        {"", "", "db.example.com", "203.0.113.9", Expected::allowed},
        {"", "", "localhost", "127.0.0.1", Expected::allowed},
        {"", "", "db", "192.168.1.1", Expected::allowed},
        {"", "", "db", "fd12::1", Expected::allowed},
        // Denied without being asked, whatever the name says.
        {"", "", "db.example.com", "169.254.169.254", Expected::sensitive},
        {"", "", "db.example.com", "::ffff:169.254.169.254", Expected::sensitive},
        {"", "", "db.example.com", "64:ff9b::a9fe:a9fe", Expected::sensitive},
        {"", "", "fe80::1", "fe80::1", Expected::sensitive},
        {"", "", "db", "fd00:ec2::254", Expected::sensitive},
        {"", "", "db", "100.100.100.200", Expected::sensitive},
        {"0.0.0.0/0,::/0", "", "db", "169.254.1.1", Expected::sensitive},
        {"*.example.com", "", "db.example.com", "169.254.1.1", Expected::sensitive},
        {"169.254.1.0/24", "", "db", "169.254.1.1", Expected::allowed},
        {"169.254.1.0/24", "", "db", "169.254.2.1", Expected::sensitive},
        // The deny list.
        {"", "127.0.0.2", "127.0.0.2", "127.0.0.2", Expected::denied},
        {"", "127.0.0.2", "127.0.0.1", "127.0.0.1", Expected::allowed},
        {"", "127.0.0.2", "x", "::ffff:127.0.0.2", Expected::denied},
        {"", "127.0.0.0/8", "0.0.0.0", "0.0.0.0", Expected::denied},
        {"", "*.internal", "db.INTERNAL", "203.0.113.9", Expected::denied},
        {"", "*.internal", "db.internal.", "203.0.113.9", Expected::denied},
        {"", "*.internal", "internal", "203.0.113.9", Expected::allowed},
        {"", "*.internal", "notinternal", "203.0.113.9", Expected::allowed},
        {"10.0.0.0/8", "10.1.0.0/16", "db", "10.1.2.3", Expected::denied},
        // The allow list.
        {"10.0.0.0/8", "", "db", "10.1.2.3", Expected::allowed},
        {"10.0.0.0/8", "", "db", "11.1.2.3", Expected::not_on_the_list},
        {" 10.0.0.0/8 , fd00::/8 ", "", "db", "fd00::9", Expected::allowed},
        {"*.example.com", "", "db.example.com", "203.0.113.9", Expected::allowed},
        {"db.example.com", "", "DB.example.com", "203.0.113.9", Expected::allowed},
        {"db.example.com", "", "db2.example.com", "203.0.113.9", Expected::not_on_the_list},
        {"/run/mongodb.sock", "", "db", "203.0.113.9", Expected::allowed},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(kind_of(policy(one.allow, one.deny).objection(one.host, *IpAddress::parse(one.address))),
                  one.expected)
            << "allow " << one.allow << " deny " << one.deny << ": " << one.host << " " << one.address;
    }
}

TEST(TargetPolicy, TellsEarlyWhatItCan) {
    struct Case {
        const char* allow;
        const char* deny;
        const char* host;
        Expected expected;
    };
    const Case cases[] = {
        {"", "", "169.254.169.254", Expected::sensitive},
        {"", "", "metadata.google.internal", Expected::allowed},  // its address shows when connecting
        {"", "127.0.0.2", "127.0.0.2", Expected::denied},
        {"", "127.0.0.0/8,::1", "localhost", Expected::denied},
        {"", "127.0.0.0/8", "localhost", Expected::allowed},  // it may be ::1
        {"", "*.internal", "db.internal", Expected::denied},
        {"*.example.com", "", "db.example.org", Expected::not_on_the_list},
        {"*.example.com,10.0.0.0/8", "", "db.example.org", Expected::allowed},  // it may be in the network
        {"10.0.0.0/8", "", "127.0.0.1", Expected::not_on_the_list},
    };
    for (const Case& one : cases)
        EXPECT_EQ(kind_of(policy(one.allow, one.deny).early_objection(one.host)), one.expected)
            << "allow " << one.allow << " deny " << one.deny << ": " << one.host;
}

TEST(TargetPolicy, ASocketNeedsItsPathAllowed) {
    EXPECT_TRUE(policy("", "").objection_to_socket("/run/mongodb.sock"));
    EXPECT_TRUE(policy("0.0.0.0/0,/run/other.sock", "").objection_to_socket("/run/mongodb.sock"));
    EXPECT_FALSE(policy("/run/mongodb.sock", "").objection_to_socket("/run/mongodb.sock"));
}

TEST(TargetPolicy, TextsSayWhereToChangeIt) {
    EXPECT_EQ(
        policy("", "127.0.0.2").objection("db.example.com", *IpAddress::parse("127.0.0.2")),
        "db.example.com (127.0.0.2) is denied by the setting --target-deny; whoever runs this service can "
        "change that");
}

TEST(TargetPolicy, WhatIsNoEntryIsNamed) {
    for (const char* entry : {"10.0.0.0/99", "*", "*.", "a b", "127.1", "http://x", "x,*.y/8"}) {
        const auto parsed = TargetPolicy::parse(entry, "");
        ASSERT_FALSE(parsed) << entry;
        EXPECT_EQ(parsed.error().fields.at(0).path, "--target-allow");
    }
    EXPECT_EQ(TargetPolicy::parse("", "/run/x.sock").error().fields.at(0).path, "--target-deny");
}

}  // namespace
}  // namespace mim::drivers::mongoc
