#include "store/mongodb/migrations.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {

std::span<const Migration> all_migrations() {
    using namespace names;
    static const std::vector<Migration> all{
        {1,
         "first",
         {
             {users, R"({"name": "one_username", "key": {"username_folded": 1}, "unique": true})"},
             {users, R"({"name": "one_email", "key": {"email_folded": 1}, "unique": true})"},
             {token_families, R"({"name": "by_user", "key": {"user": 1}})"},
             {token_families, R"({"name": "by_expiry", "key": {"expires_at": 1}})"},
             {databases, R"({"name": "one_name", "key": {"name": 1}, "unique": true})"},
             {databases, R"({"name": "by_age", "key": {"created_at": -1, "_id": -1}})"},
             {definitions, R"({"name": "one_name", "unique": true,
                               "key": {"database": 1, "collection": 1, "name": 1}})"},
             {definitions, R"({"name": "one_signature", "unique": true,
                               "key": {"database": 1, "collection": 1, "signature": 1}})"},
             {definitions, R"({"name": "one_unique_key", "unique": true,
                               "key": {"database": 1, "collection": 1, "unique_key": 1},
                               "partialFilterExpression": {"unique_key": {"$exists": true}}})"},
             {definitions_undo, R"({"name": "by_database", "key": {"database": 1}})"},
             {syncs, R"({"name": "by_age", "key": {"database": 1, "created_at": -1, "_id": -1}})"},
             // At most one pending or running sync of a database: such a sync has `active: true`.
             {syncs, R"({"name": "one_active", "key": {"database": 1}, "unique": true,
                         "partialFilterExpression": {"active": true}})"},
             {syncs, R"({"name": "waiting", "key": {"created_at": 1, "_id": 1},
                         "partialFilterExpression": {"active": true}})"},
             {sync_records, R"({"name": "one_position", "unique": true,
                                "key": {"sync": 1, "plan": 1, "position": 1}})"},
         }},
        {2,
         "access",
         {
             {users, R"({"name": "by_age", "key": {"created_at": -1, "_id": -1}})"},
             // The very first account says `first: true`; there can be no second one.
             {users, R"({"name": "one_first", "key": {"first": 1}, "unique": true,
                         "partialFilterExpression": {"first": {"$exists": true}}})"},
             {invites, R"({"name": "one_token", "key": {"token_hash": 1}, "unique": true})"},
             {invites, R"({"name": "by_age", "key": {"created_at": -1, "_id": -1}})"},
         }},
        {3,
         "machines and audit",
         {
             {api_keys, R"({"name": "one_prefix", "key": {"prefix": 1}, "unique": true})"},
             {api_keys, R"({"name": "by_age", "key": {"created_at": -1, "_id": -1}})"},
             {api_keys, R"({"name": "by_owner", "key": {"owner": 1, "created_at": -1, "_id": -1}})"},
             {audit_intents, R"({"name": "by_age", "key": {"began_at": 1, "_id": 1}})"},
             {audit_log, R"({"name": "by_time", "key": {"at": -1, "_id": -1}})"},
             {audit_log, R"({"name": "by_database", "key": {"database": 1, "at": -1, "_id": -1}})"},
             {audit_log, R"({"name": "by_user", "key": {"user": 1, "at": -1, "_id": -1}})"},
             {audit_log, R"({"name": "by_action", "key": {"action": 1, "at": -1, "_id": -1}})"},
         }},
        // What users' documents hold is not kept: neither as samples nor in the server's words.
        {4,
         "no samples",
         {},
         {
             {sync_records, R"({"duplicates": {"$exists": true}})", R"({"$unset": {"duplicates": true}})"},
             {sync_records, R"({"error.message": {"$regex": " dup key"}})",
              R"({"$set": {"error.message": "E11000 duplicate key error"}})"},
             // With these codes the server's words are about definitions; with any other, braces may quote a
             // document.
             {sync_records, R"({"error.message": {"$regex": "[{]"}, "error.code": {"$nin": [
                                2, 9, 13, 14, 20, 26, 27, 59, 67, 68, 72, 73, 85, 86, 115, 166, 197]}})",
              R"({"$set": {"error.message": "The server's words quoted documents and are no longer kept"}})"},
             {syncs, R"({"error": {"$regex": "keys: [{]"}})",
              R"({"$set": {"error": "The server's words quoted documents and are no longer kept"}})"},
         }},
        {5,
         "made collections",
         {
             {made_collections, R"({"name": "one_name", "key": {"database": 1, "name": 1}, "unique": true})"},
             {databases, R"({"name": "by_place", "key": {"place.db_name": 1}})"},
         }},
        {6,
         "password resets",
         {
             {users, R"({"name": "one_reset", "key": {"reset.token_hash": 1}, "unique": true,
                         "partialFilterExpression": {"reset.token_hash": {"$exists": true}}})"},
         }},
        {7,
         "trash",
         {
             {trash, R"({"name": "by_age", "key": {"deleted_at": -1, "_id": -1}})"},
             {trash, R"({"name": "by_database", "key": {"kind": 1, "database": 1}})"},
             {trash_definitions, R"({"name": "by_entry", "key": {"trash": 1, "_id": 1}})"},
             {trash_collections, R"({"name": "by_entry", "key": {"trash": 1, "_id": 1}})"},
         }},
        // looks.hpp; filled at the start.
        {8,
         "looks",
         {
             {users, R"({"name": "by_look", "key": {"looks": 1}})"},
             {users, R"({"name": "one_look", "key": {"held_looks": 1}, "unique": true,
                         "partialFilterExpression": {"held_looks": {"$exists": true}}})"},
             {databases, R"({"name": "by_look", "key": {"looks": 1}})"},
             {databases, R"({"name": "one_look", "key": {"held_looks": 1}, "unique": true,
                             "partialFilterExpression": {"held_looks": {"$exists": true}}})"},
         }},
        // Led by what is asked for, where "waiting" is led by what is sorted by: MongoDB counts by no other.
        {9,
         "active syncs",
         {
             {syncs, R"({"name": "active", "key": {"active": 1, "created_at": 1, "_id": 1},
                         "partialFilterExpression": {"active": true}})"},
         }},
        // older_versions.hpp; filled at the start.
        {10,
         "transactions",
         {
             {definition_counts, R"({"name": "one_collection", "unique": true,
                                     "key": {"database": 1, "collection": 1}})"},
             // A transaction of MongoDB 4.2 makes no collection.
             {leaving, R"({"name": "by_entry", "key": {"trash": 1}})"},
         }},
    };
    return all;
}

}  // namespace mim::store::mongodb
