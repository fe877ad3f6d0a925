#include "target/feature_version.hpp"

#include <gtest/gtest.h>

#include "bson/json.hpp"

namespace mim::target {
namespace {

std::string told(const char* reply) {
    const auto version = feature_version_in(bson::parse_json(reply).value());
    return version ? version->text() : "none";
}

TEST(FeatureVersion, IsReadInEveryForm) {
    EXPECT_EQ(told(R"({"featureCompatibilityVersion": {"version": "5.0"}, "ok": 1})"), "5.0");
    EXPECT_EQ(told(R"({"featureCompatibilityVersion": {"version": "4.4", "targetVersion": "5.0"}})"), "4.4")
        << "until it is raised everywhere";
    EXPECT_EQ(told(R"({"featureCompatibilityVersion": "3.4"})"), "3.4");
}

TEST(FeatureVersion, WhatIsNoVersionIsNone) {
    for (const char* reply :
         {R"({"ok": 1})", R"({"featureCompatibilityVersion": null})",
          R"({"featureCompatibilityVersion": {}})", R"({"featureCompatibilityVersion": {"version": 5}})",
          R"({"featureCompatibilityVersion": "new"})"})
        EXPECT_EQ(told(reply), "none") << reply;
}

}  // namespace
}  // namespace mim::target
