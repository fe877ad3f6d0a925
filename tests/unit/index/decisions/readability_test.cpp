#include "index/definition/readability.hpp"

#include <gtest/gtest.h>

#include "bson/builder.hpp"

namespace mim::index {
namespace {

bson::Document nested(int levels) {
    bson::Document inner;
    for (int i = 0; i < levels; ++i) inner = bson::Builder().add("n", inner).take();
    return inner;
}

bson::Document with_name(std::string_view name) {
    return bson::Builder().add("key", bson::Builder().add("a", 1).take()).add("name", name).take();
}

bson::Document with_filter(const bson::Document& filter) {
    return bson::Builder().add_all(with_name("a_1")).add("partialFilterExpression", filter).take();
}

std::string fault(const bson::Document& listed) {
    return why_unreadable(listed).value_or("");
}

TEST(Readability, OrdinaryIndexesAreReadable) {
    EXPECT_EQ(fault(with_name("a_1")), "");
    EXPECT_EQ(fault(with_name(std::string(longest_live_name, 'x'))), "");
    EXPECT_EQ(fault(with_name("größe_1")), "");
    EXPECT_EQ(fault(with_filter(nested(deepest_live_spec - 1))), "");
}

TEST(Readability, NamesThatNobodyCanShowOrStore) {
    EXPECT_EQ(fault(with_name(std::string(longest_live_name + 1, 'x'))),
              "its name has 1025 bytes, where at most 1024 are read");
    EXPECT_EQ(fault(with_name("")), "its name is empty");
    EXPECT_EQ(fault(with_name("*")), "its name is *");
    EXPECT_EQ(fault(with_name("a\xff")), "its name is not UTF-8");
    EXPECT_EQ(fault(with_name(std::string_view("a\0b", 3))), "its name holds a zero byte");
    EXPECT_EQ(fault(bson::Builder().add("key", with_name("a")).add("name", 5).take()), "it has no name");
}

TEST(Readability, SpecificationsThatNobodyCanShowOrStore) {
    EXPECT_EQ(fault(bson::Builder().add("name", "a").take()), "it has no key");
    EXPECT_EQ(fault(bson::Builder().add("name", "a").add("key", bson::Document()).take()), "it has no key");
    EXPECT_EQ(fault(bson::Builder().add("name", "a").add("key", 1).take()), "it has no key");
    EXPECT_EQ(fault(with_filter(nested(deepest_live_spec))), "it is nested deeper than 90 levels");
    EXPECT_EQ(fault(with_filter(bson::Builder().add("a\xff", 1).take())),
              "a field name or a text in it is not UTF-8");
    EXPECT_EQ(fault(with_filter(bson::Builder().add("a", "\xff").take())),
              "a field name or a text in it is not UTF-8");
    EXPECT_NE(fault(with_filter(bson::Builder().add("a", std::string(largest_live_spec, 'x')).take()))
                  .find("where at most 1048576 are read"),
              std::string::npos);
}

}  // namespace
}  // namespace mim::index
