// What things become in the data file, column by column: files of every version are read by this one.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "contract/known_fields.hpp"
#include "contract/outcome.hpp"
#include "contract/whole_samples.hpp"
#include "store/archive.hpp"
#include "store/copy.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

using contract::outcome;

std::string text_of(sqlite3_stmt* row, int column) {
    const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(row, column));
    const int size = sqlite3_column_bytes(row, column);
    switch (sqlite3_column_type(row, column)) {
        case SQLITE_NULL:
            return "null";
        case SQLITE_INTEGER:
            return std::to_string(sqlite3_column_int64(row, column));
        case SQLITE_TEXT:
            return "'" + std::string(bytes, bytes + size) + "'";
        default:
            break;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "x'";
    for (int i = 0; i < size; ++i) (text += digits[bytes[i] >> 4]) += digits[bytes[i] & 15];
    return text + "'";
}

// Every column of every row of a table, in the table's order.
std::string rows_of(const SqliteWorld& world, const std::string& table) {
    sqlite3* file = nullptr;
    EXPECT_EQ(sqlite3_open_v2(world.file().c_str(), &file, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    sqlite3_stmt* rows = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(file, ("SELECT * FROM " + table).c_str(), -1, &rows, nullptr), SQLITE_OK);
    std::string text;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(rows); ++column)
            text += std::string(sqlite3_column_name(rows, column)) + " " + text_of(rows, column) + "\n";
    }
    sqlite3_finalize(rows);
    sqlite3_close(file);
    return text;
}

const std::string user = R"(id '695000000000000000000010'
created_at 1767225611000
updated_at 1767225612000
username 'Äda'
username_folded 'äda'
email 'Ada@Example.org'
email_folded 'ada@example.org'
password_hash '$argon2id$13'
first_name 'Ada'
last_name 'Läst'
avatar 'https://example.org/ada'
role 'admin'
disabled 1
session_version 14
kept_family '695000000000000000000015'
reset_token_hash null
reset_expires_at null
)";
const std::string family = R"(id '695000000000000000000020'
user '695000000000000000000010'
current_refresh_id 'r21'
expires_at 1767225624000
revoked 0
session_version 25
other_refresh_ids 'r22@23'
)";
const std::string database = R"(id '695000000000000000000030'
created_at 1767225631000
updated_at 1767225632000
name 'Shop'
description 'Über 33'
uri 'mongodb://user:s3cret@host34/'
db_name 'db35'
protected 1
show_duplicates 0
place 'db35/a:36,b:37'
seen_server '38.1 37.2 36.3 1767225639000'
)";
const std::string definition = R"(id '695000000000000000000040'
database '695000000000000000000030'
created_at 1767225641000
updated_at 1767225642000
collection 'Orders'
name 'A_1'
key x'0c0000001041000100000000'
options x'0e00000008756e69717565000100'
signature 'A_1 unique'
)";
const std::string invite = R"(id '695000000000000000000050'
created_at 1767225651000
expires_at 1767225652000
created_by '695000000000000000000010'
prefix 'p53'
token_hash 'h54'
role 'editor'
email 'bob@example.org'
used_at 1767225655000
used_by '695000000000000000000056'
revoked_at 1767225657000
)";
const std::string api_key = R"(id '695000000000000000000060'
owner '695000000000000000000010'
created_at 1767225661000
name 'nightly'
prefix 'p62'
secret_hash 'h63'
scope 'write'
databases '695000000000000000000030695000000000000000000064'
expires_at 1767225665000
last_used_at 1767225666000
)";
const std::string made_collection = R"(id '695000000000000000000070'
database '695000000000000000000030'
created_at 1767225671000
name 'Fresh'
)";

const std::string sync = R"(id '695000000000000000000080'
database '695000000000000000000030'
created_at 1767225681000
updated_at 1767225682000
started_at null
completed_at null
collections x'21000000023000070000004f7264657273000231000700000050656f706c650000'
missing 'remove_from_registry'
extra 'import_to_registry'
changed 'take_into_registry'
drop_mode 'hide'
names 'strict'
fingerprint 'f83'
status 'pending'
progress 0
points 0
error ''
total_tasks 0
completed_tasks 0
requested_by '695000000000000000000084'
fence 0
cancel_requested 0
restoration x'94000000026f6600190000003639353030303030303030303030303030303030303038350004696e646578657300650000000330005d00000002636f6c6c656374696f6e00070000004f7264657273000373706563002d000000036b6579000c0000001041000100000000026e616d650004000000415f310008756e6971756500010002776179000500000073686f7700000000'
requested_as 'admin'
on_failure 'continue'
vanished 0
vanished_at_points 0
)";

class StoredRows : public ::testing::Test {
  protected:
    void create_all(SqliteWorld& world) {
        ASSERT_EQ(outcome(world.users().create(contract::whole_user())), "ok");
        ASSERT_EQ(outcome(world.families().open(contract::whole_family())), "ok");
        ASSERT_EQ(outcome(world.databases().create(contract::whole_database())), "ok");
        ASSERT_EQ(outcome(world.definitions().create(contract::whole_definition())), "ok");
        ASSERT_EQ(outcome(world.invites().create(contract::whole_invite())), "ok");
        ASSERT_EQ(outcome(world.api_keys().create(contract::whole_api_key())), "ok");
        ASSERT_EQ(outcome(world.collections().note_made(contract::whole_made_collection())), "ok");
        ASSERT_EQ(outcome(world.syncs().submit(contract::whole_sync(), contract::whole_database().place)),
                  "ok");
    }
    static void expect_rows(const SqliteWorld& world, const std::string& table, const std::string& expected) {
        EXPECT_EQ(contract::known_fields(rows_of(world, table), expected), expected);
    }
    static void expect_all(const SqliteWorld& world) {
        expect_rows(world, "users", user);
        expect_rows(world, "token_families", family);
        expect_rows(world, "databases", database);
        expect_rows(world, "definitions", definition);
        expect_rows(world, "invites", invite);
        expect_rows(world, "api_keys", api_key);
        expect_rows(world, "made_collections", made_collection);
        expect_rows(world, "syncs", sync);
    }
    SqliteWorld world_;
};

TEST_F(StoredRows, AreTheSameForEver) {
    create_all(world_);
    expect_all(world_);
}

TEST_F(StoredRows, ACopyHasTheSame) {
    create_all(world_);
    SqliteWorld other;
    const auto source = create_sqlite_archive(world_.connections());
    const auto target = create_sqlite_archive(other.connections());
    ASSERT_EQ(outcome(copy_all(*source, *target, [](const CopyProgress&) {})), "ok");
    expect_all(other);
}

TEST_F(StoredRows, ACopyTakesThePlaceOfWhatIsThere) {
    create_all(world_);
    const auto target = create_sqlite_archive(world_.connections());
    auto changed_user = contract::whole_user();
    changed_user.username = "bob";
    changed_user.role = app::Role::viewer;
    auto changed_database = contract::whole_database();
    changed_database.protection = app::Protection::off;
    changed_database.place.reset();
    const ArchivedFamily revoked{contract::whole_family(), app::FamilyState::revoked};
    for (const Item& item : {Item(changed_user), Item(revoked), Item(changed_database)})
        ASSERT_EQ(outcome(target->write({&item, 1})), "ok");
    EXPECT_NE(rows_of(world_, "users").find("username_folded 'bob'"), std::string::npos);
    EXPECT_NE(rows_of(world_, "token_families").find("revoked 1"), std::string::npos);
    EXPECT_NE(rows_of(world_, "databases").find("place null"), std::string::npos);
    expect_rows(world_, "definitions", definition);  // not gone with their database
    for (const Item& item :
         {Item(contract::whole_user()), Item(ArchivedFamily{contract::whole_family()}),
          Item(contract::whole_database()), Item(contract::whole_definition()),
          Item(contract::whole_invite()), Item(contract::whole_api_key()),
          Item(contract::whole_made_collection()), Item(ArchivedSync{contract::whole_sync()})})
        ASSERT_EQ(outcome(target->write({&item, 1})), "ok");
    expect_all(world_);
}

TEST_F(StoredRows, AChangeWritesAllButWhatIsWrittenOnce) {
    create_all(world_);
    auto changed = contract::whole_database();
    changed.created_at = contract::at(99);
    changed.protection = app::Protection::off;
    changed.name = "store";
    ASSERT_EQ(outcome(world_.databases().update(changed, contract::at(32), app::Destination::same)), "ok");
    auto expected = database;
    expected.replace(expected.find("'Shop'"), 6, "'store'");
    expect_rows(world_, "databases", expected);
    auto redefined = contract::whole_definition();
    redefined.created_at = contract::at(99);
    redefined.spec.name = "other";
    ASSERT_EQ(outcome(world_.definitions().update(redefined)), "ok");
    expected = definition;
    expected.replace(expected.find("name 'A_1'"), 10, "name 'other'");
    expect_rows(world_, "definitions", expected);
}

TEST_F(StoredRows, DamagedOnesAreRefused) {
    create_all(world_);
    const auto damage = [this](const char* statement) {
        auto writer = world_.connections()->write();
        ASSERT_TRUE(writer);
        ASSERT_EQ(outcome((*writer)->run_script(statement)), "ok");
        ASSERT_EQ(outcome(writer->commit()), "ok");
    };
    const auto message = [](const auto& read) {
        EXPECT_EQ(outcome(read), "store_failed");
        return read ? std::string() : read.error().message;
    };
    damage("UPDATE users SET kept_family = 'x'");
    EXPECT_EQ(message(world_.users().get(contract::whole_user().id)),
              "the data file is damaged: an id in it cannot be read");
    damage("UPDATE api_keys SET databases = 'x'");
    EXPECT_EQ(message(world_.api_keys().get(contract::whole_api_key().id)),
              "the data file is damaged: an API key in it cannot be read");
    damage("UPDATE definitions SET key = x'00'");
    EXPECT_EQ(message(world_.definitions().get(contract::whole_definition().id)),
              "the data file is damaged: a document in it cannot be read");
    damage("UPDATE syncs SET drop_mode = 'burn'");
    EXPECT_EQ(message(world_.syncs().get(contract::whole_sync().id)),
              "the data file is damaged: a choice of a sync in it cannot be read");
    damage("UPDATE databases SET place = 'somewhere'");  // found again from the connection string
    EXPECT_FALSE(world_.databases().get(contract::whole_database().id)->place);
}

}  // namespace
}  // namespace mim::store
