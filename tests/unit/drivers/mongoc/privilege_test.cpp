#include "drivers/mongoc/privilege.hpp"

#include <gtest/gtest.h>

#include "drivers/mongoc/refusals.hpp"

namespace mim::drivers::mongoc {
namespace {

Attempt attempt(std::string_view what, std::string_view database = {}, std::string_view collection = {},
                std::string_view stage = {}) {
    Attempt made{what};
    made.database = database;
    made.collection = collection;
    made.stage = stage;
    return made;
}

TEST(Privilege, IsActionAndResource) {
    struct Case {
        Attempt attempt;
        const char* text;
        const char* privilege;
    };
    const Case cases[] = {
        {attempt("listIndexes", "shop", "orders"), "", "listIndexes on shop.orders"},
        {attempt("listCollections", "shop"), "", "listCollections on shop"},
        {attempt("createIndexes", "shop", "orders"), "", "createIndex on shop.orders"},
        {attempt("dropIndexes", "shop", "a.b"), "", "dropIndex on shop.a.b"},
        {attempt("collMod", "shop", "orders"), "", "collMod on shop.orders"},
        {attempt("create", "shop", "orders"), "", "createCollection on shop.orders"},
        {attempt("drop", "shop", "orders"), "", "dropCollection on shop.orders"},
        {attempt("renameCollection", "admin", "shop.orders"), "", "renameCollectionSameDB on shop"},
        {attempt("count", "shop", "orders"), "", "find on shop.orders"},
        {attempt("aggregate", "shop", "orders", "$match"), "", "find on shop.orders"},
        {attempt("aggregate", "shop", "orders", "$indexStats"), "", "indexStats on shop.orders"},
        {attempt("aggregate", "admin", "", "$currentOp"), "", "inprog on the cluster"},
        // A shard's part of an answer: only the server's text tells where.
        {attempt("dropIndexes"),
         "not authorized on shop to execute command { dropIndexes: \"orders\", index: \"a_1\", $db: \"shop\" "
         "}",
         "dropIndex on shop.orders"},
        {attempt("dropIndexes"), "not authorized", "dropIndex"},
        {attempt("listIndexes", "shop", "orders"),
         "user is not allowed to do action [listIndexes] on [shop.orders]", "listIndexes on shop.orders"},
        {attempt("hello", "admin"), "", ""},
    };
    for (const Case& one : cases)
        EXPECT_EQ(missing_privilege(one.attempt, one.text), one.privilege) << one.attempt.what;
}

TEST(Refusals, AreFoundByTheHostsThatATextNames) {
    Refusals refusals;
    refusals.add("a.example:2701", "why");
    refusals.add("[::1]:27017", "six");
    EXPECT_EQ(refusals.named_in("[Failed to connect to target host: a.example:2701]"), "why");
    EXPECT_EQ(refusals.named_in("Failed to connect to target host: [::1]:27017"), "six");
    EXPECT_FALSE(refusals.named_in("[Failed to connect to target host: a.example:27017]"));
    EXPECT_FALSE(refusals.named_in("[Failed to connect to target host: ba.example:2701]"));
    refusals.forget("a.example:2701");
    EXPECT_FALSE(refusals.named_in("[Failed to connect to target host: a.example:2701]"));
    for (int i = 0; i < 1'000; ++i) refusals.add("h" + std::to_string(i) + ":1", "x");
    EXPECT_FALSE(refusals.named_in("h0:1")) << "the oldest makes room";
    EXPECT_TRUE(refusals.named_in("h999:1"));
}

}  // namespace
}  // namespace mim::drivers::mongoc
