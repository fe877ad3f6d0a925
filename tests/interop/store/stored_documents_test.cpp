// What things become in our own MongoDB, field by field: stores of every version are read by this one.
#include <gtest/gtest.h>

#include "bson/json.hpp"
#include "contract/known_fields.hpp"
#include "contract/outcome.hpp"
#include "contract/whole_samples.hpp"
#include "interop/store/mongodb_world.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

using contract::outcome;

class StoredDocuments : public ::testing::Test {
  protected:
    // The only document of a collection, as far as `expected` knows its fields.
    void expect_document(const char* collection, const std::string& expected) {
        const auto found = world_.link().find_one(collection, {});
        ASSERT_EQ(outcome(found), "ok");
        ASSERT_TRUE(*found);
        std::string text;
        for (const auto field : **found) text += std::string(field.key()) + " " + bson::to_json(field) + "\n";
        EXPECT_EQ(contract::known_fields(text, expected), expected);
    }
    MongoWorld world_;
};

TEST_F(StoredDocuments, AreTheSameForEver) {
    ASSERT_EQ(outcome(world_.users().create(contract::whole_user())), "ok");
    expect_document(names::users, R"x(_id { "$oid" : "695000000000000000000010" }
created_at { "$date" : { "$numberLong" : "1767225611000" } }
updated_at { "$date" : { "$numberLong" : "1767225612000" } }
username "Äda"
username_folded "äda"
email "Ada@Example.org"
email_folded "ada@example.org"
password_hash "$argon2id$13"
first_name "Ada"
last_name "Läst"
avatar "https://example.org/ada"
role "admin"
disabled true
session_version { "$numberLong" : "14" }
kept_family { "$oid" : "695000000000000000000015" }
)x");
    ASSERT_EQ(outcome(world_.families().open(contract::whole_family())), "ok");
    expect_document(names::token_families, R"x(_id { "$oid" : "695000000000000000000020" }
user { "$oid" : "695000000000000000000010" }
current_refresh_id "r21"
other_refresh_ids "r22@23"
expires_at { "$date" : { "$numberLong" : "1767225624000" } }
revoked false
session_version { "$numberLong" : "25" }
)x");
    ASSERT_EQ(outcome(world_.databases().create(contract::whole_database())), "ok");
    expect_document(names::databases, R"x(_id { "$oid" : "695000000000000000000030" }
created_at { "$date" : { "$numberLong" : "1767225631000" } }
protected true
seen_server { "version" : "38.1", "feature_version" : "37.2", "rules_before" : "36.3", "since" : { "$date" : { "$numberLong" : "1767225639000" } } }
place { "hosts" : [ "a:36", "b:37" ], "db_name" : "db35" }
updated_at { "$date" : { "$numberLong" : "1767225632000" } }
name "Shop"
name_folded "shop"
description "Über 33"
description_folded "über 33"
uri "mongodb://user:s3cret@host34/"
db_name "db35"
hides_duplicates true
)x");
    ASSERT_EQ(outcome(world_.definitions().create(contract::whole_definition())), "ok");
    expect_document(names::definitions, R"x(_id { "$oid" : "695000000000000000000040" }
database { "$oid" : "695000000000000000000030" }
created_at { "$date" : { "$numberLong" : "1767225641000" } }
updated_at { "$date" : { "$numberLong" : "1767225642000" } }
collection "Orders"
collection_folded "orders"
name "A_1"
name_folded "a_1"
key { "$binary" : { "base64" : "DAAAABBBAAEAAAAA", "subType" : "00" } }
options { "$binary" : { "base64" : "DgAAAAh1bmlxdWUAAQA=", "subType" : "00" } }
signature "A_1 unique"
signature_folded "a_1 unique"
)x");
    ASSERT_EQ(outcome(world_.invites().create(contract::whole_invite())), "ok");
    expect_document(names::invites, R"x(_id { "$oid" : "695000000000000000000050" }
created_at { "$date" : { "$numberLong" : "1767225651000" } }
expires_at { "$date" : { "$numberLong" : "1767225652000" } }
created_by { "$oid" : "695000000000000000000010" }
prefix "p53"
token_hash "h54"
role "editor"
email "bob@example.org"
used_at { "$date" : { "$numberLong" : "1767225655000" } }
used_by { "$oid" : "695000000000000000000056" }
revoked_at { "$date" : { "$numberLong" : "1767225657000" } }
)x");
    ASSERT_EQ(outcome(world_.api_keys().create(contract::whole_api_key())), "ok");
    expect_document(names::api_keys, R"x(_id { "$oid" : "695000000000000000000060" }
owner { "$oid" : "695000000000000000000010" }
created_at { "$date" : { "$numberLong" : "1767225661000" } }
name "nightly"
prefix "p62"
secret_hash "h63"
scope "write"
databases [ "695000000000000000000030", "695000000000000000000064" ]
expires_at { "$date" : { "$numberLong" : "1767225665000" } }
last_used_at { "$date" : { "$numberLong" : "1767225666000" } }
)x");
    ASSERT_EQ(outcome(world_.collections().note_made(contract::whole_made_collection())), "ok");
    expect_document(names::made_collections, R"x(_id { "$oid" : "695000000000000000000070" }
database { "$oid" : "695000000000000000000030" }
created_at { "$date" : { "$numberLong" : "1767225671000" } }
name "Fresh"
name_folded "fresh"
)x");
    ASSERT_EQ(outcome(world_.syncs().submit(contract::whole_sync(), contract::whole_database().place)), "ok");
    expect_document(names::syncs, R"x(_id { "$oid" : "695000000000000000000080" }
database { "$oid" : "695000000000000000000030" }
created_at { "$date" : { "$numberLong" : "1767225681000" } }
updated_at { "$date" : { "$numberLong" : "1767225682000" } }
collections [ "Orders", "People" ]
options { "missing" : "remove_from_registry", "extra" : "import_to_registry", "changed" : "take_into_registry", "drop_mode" : "hide", "names" : "strict", "fingerprint" : "f83", "on_failure" : "continue" }
requested_by { "$oid" : "695000000000000000000084" }
requested_as "admin"
restoration { "$binary" : { "base64" : "lAAAAAJvZgAZAAAANjk1MDAwMDAwMDAwMDAwMDAwMDAwMDg1AARpbmRleGVzAGUAAAADMABdAAAAAmNvbGxlY3Rpb24ABwAAAE9yZGVycwADc3BlYwAtAAAAA2tleQAMAAAAEEEAAQAAAAACbmFtZQAEAAAAQV8xAAh1bmlxdWUAAQACd2F5AAUAAABzaG93AAAAAA==", "subType" : "00" } }
status "pending"
active true
error ""
total_tasks { "$numberInt" : "0" }
completed_tasks { "$numberInt" : "0" }
points { "$numberInt" : "0" }
fence { "$numberLong" : "0" }
)x");
}

// What an older version wrote has fewer fields.
TEST_F(StoredDocuments, OlderOnesAreRead) {
    ASSERT_EQ(outcome(world_.users().create(contract::whole_user())), "ok");
    ASSERT_EQ(outcome(world_.databases().create(contract::whole_database())), "ok");
    const auto without = [this](const char* collection, std::string_view field) {
        EXPECT_EQ(world_.link().update(collection, {}, fields("$unset", fields(field, true))).value(), 1);
    };
    without(names::users, "session_version");
    without(names::databases, "hides_duplicates");
    without(names::databases, "place");
    without(names::databases, "seen_server");
    EXPECT_EQ(world_.users().get(contract::whole_user().id)->session_version, 0);
    const auto database = world_.databases().get(contract::whole_database().id);
    ASSERT_EQ(outcome(database), "ok");
    EXPECT_EQ(database->duplicate_samples, app::DuplicateSamples::shown);
    EXPECT_FALSE(database->place);
    EXPECT_FALSE(database->seen_server);
    ASSERT_EQ(outcome(world_.syncs().submit(contract::whole_sync(), {})), "ok");
    without(names::syncs, "options.on_failure");
    without(names::syncs, "requested_as");
    const auto sync = world_.syncs().get(contract::whole_sync().id);
    ASSERT_EQ(outcome(sync), "ok");
    EXPECT_EQ(sync->options.on_failure, app::OnFailure::hold);
    EXPECT_EQ(sync->options.names, index::NamePolicy::strict);
    EXPECT_EQ(sync->requested_as, app::Role::editor);
}

// A document that was put together by another version, or by hand, may have its fields in another order.
TEST_F(StoredDocuments, WhatWasReadIsComparedFieldByField) {
    const auto database = contract::whole_database();
    ASSERT_EQ(outcome(world_.databases().create(database)), "ok");
    const auto& seen = *database.seen_server;
    const auto turned =
        fields("since", seen.since, "rules_before", seen.rules_before->text(), "feature_version",
               seen.release.feature_version->text(), "version", seen.release.binary.text());
    const auto place = fields("db_name", database.place->db_name, "hosts", array_of(database.place->hosts));
    EXPECT_EQ(world_.link().update(names::databases, {}, setting("seen_server", turned)).value(), 1);
    EXPECT_EQ(world_.link().update(names::databases, {}, setting("place", place)).value(), 1);
    app::SeenServer settled = seen;
    settled.rules_before.reset();
    ASSERT_EQ(outcome(world_.databases().set_seen_server(database.id, settled, seen)), "ok");
    EXPECT_EQ(world_.databases().get(database.id)->seen_server, settled);
    ASSERT_EQ(outcome(world_.databases().set_seen_server(database.id, seen, seen)), "ok");
    EXPECT_EQ(world_.databases().get(database.id)->seen_server, settled) << "its rules before are none now";
    auto elsewhere = *database.place;
    elsewhere.db_name = "elsewhere";
    ASSERT_EQ(outcome(world_.databases().set_place(database.id, elsewhere, database.place)), "ok");
    EXPECT_EQ(world_.databases().get(database.id)->place, elsewhere);
}

TEST_F(StoredDocuments, DamagedOnesAreRefused) {
    ASSERT_EQ(outcome(world_.databases().create(contract::whole_database())), "ok");
    ASSERT_EQ(outcome(world_.users().create(contract::whole_user())), "ok");
    const auto damage = [this](const char* collection, std::string_view field, std::string_view value) {
        EXPECT_EQ(world_.link().update(collection, {}, setting(field, value)).value(), 1);
    };
    damage(names::databases, "created_at", "yesterday");
    const auto database = world_.databases().get(contract::whole_database().id);
    EXPECT_EQ(outcome(database), "store_failed");
    EXPECT_EQ(database.error().message, "the store holds a damaged document: a database");
    damage(names::users, "role", "king");
    EXPECT_EQ(outcome(world_.users().get(contract::whole_user().id)), "store_failed");
    ASSERT_EQ(outcome(world_.syncs().submit(contract::whole_sync(), contract::whole_database().place)), "ok");
    damage(names::syncs, "options.names", "vague");
    EXPECT_EQ(outcome(world_.syncs().get(contract::whole_sync().id)), "store_failed");
}

}  // namespace
}  // namespace mim::store::mongodb
