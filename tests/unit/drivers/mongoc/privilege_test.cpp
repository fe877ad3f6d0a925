#include "drivers/mongoc/privilege.hpp"

#include <gtest/gtest.h>

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
        {attempt("aggregate", "shop", "orders", "$collStats"), "", "collStats on shop.orders"},
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

}  // namespace
}  // namespace mim::drivers::mongoc
