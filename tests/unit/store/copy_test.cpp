#include "store/copy.hpp"

#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

using contract::outcome;

class Copy : public ::testing::Test {
  protected:
    void SetUp() override {
        auto ada = contract::a_user("ada");
        ada.status = app::AccountStatus::disabled;
        ada.session_version = 3;
        ada.kept_family = TokenFamilyId::generate();
        ASSERT_EQ(outcome(from_.users().create(ada)), "ok");
        auto invite = contract::an_invite("abc");
        invite.email = "bob@example.org";
        ASSERT_EQ(outcome(from_.invites().create(invite)), "ok");
        ASSERT_EQ(outcome(from_.invites().redeem(invite.id, contract::a_user("bob"), contract::at(2))), "ok");
        ASSERT_EQ(outcome(from_.invites().create(contract::an_invite("def"))), "ok");
        const auto revoked = contract::a_family(ada.id, "r1");
        ASSERT_EQ(outcome(from_.families().open(revoked)), "ok");
        ASSERT_EQ(outcome(from_.families().revoke(revoked.id)), "ok");
        auto kept = contract::a_family(ada.id, "r2");
        kept.session_version = 3;
        ASSERT_EQ(outcome(from_.families().open(kept)), "ok");
        ASSERT_EQ(outcome(from_.api_keys().create(contract::an_api_key(ada.id, "abc"))), "ok");
        for (int i = 0; i < 3; ++i)
            ASSERT_EQ(outcome(from_.audit().append(contract::an_audit_entry("index.create", i))), "ok");
        ASSERT_EQ(outcome(from_.audit().begin(contract::an_audit_entry("index.delete", 9))), "ok");
        for (const auto* database : {&shop_, &other_})
            ASSERT_EQ(outcome(from_.databases().create(*database)), "ok");
        ASSERT_EQ(outcome(from_.databases().set_protection(shop_.id, app::Protection::on, contract::at(2))),
                  "ok");
        app::DefinitionChanges changes;
        for (int i = 0; i < 1'200; ++i)
            changes.creations.push_back(contract::a_definition(shop_.id, "orders", "f" + std::to_string(i)));
        ASSERT_EQ(outcome(from_.definitions().change(changes)), "ok");
        ASSERT_EQ(outcome(from_.collections().note_made(app::MadeCollection{
                      .database = other_.id, .created_at = contract::at(1), .name = "fresh"})),
                  "ok");
        submit(running_, app::SyncStatus::running);
        submit(ended_, app::SyncStatus::failed);
        throw_away();
    }
    // A database with all that belongs to it, the definitions of a collection, and an account.
    void throw_away() {
        app::DefinitionChanges changes;
        for (const char* field : {"a", "b"})
            changes.creations.push_back(contract::a_definition(gone_.id, "orders", field));
        changes.creations.push_back(contract::a_definition(other_.id, "people", "a"));
        ASSERT_EQ(outcome(from_.databases().create(gone_)), "ok");
        ASSERT_EQ(outcome(from_.definitions().change(changes)), "ok");
        for (const DatabaseId& database : {gone_.id, other_.id})
            ASSERT_EQ(outcome(from_.collections().note_made(app::MadeCollection{
                          .database = database, .created_at = contract::at(3), .name = "people"})),
                      "ok");
        ASSERT_EQ(outcome(from_.databases().discard(gone_.id, of_database_)), "ok");
        ASSERT_EQ(outcome(from_.collections().remove_collection(other_.id, "people", of_collection_)), "ok");
        ASSERT_EQ(outcome(from_.users().create(eve_)), "ok");
        ASSERT_EQ(outcome(from_.users().remove(eve_.id, of_account_)), "ok");
    }
    void submit(const app::Sync& sync, app::SyncStatus status) {
        ASSERT_EQ(outcome(from_.syncs().submit(sync, {})), "ok");
        ASSERT_EQ(outcome(from_.progress().claim(sync.id, 3, contract::at(2))), "ok");
        auto record = contract::a_record("a");
        ASSERT_EQ(
            outcome(from_.progress().plan(sync.id, 3, {record, contract::a_record("b")}, contract::at(3))),
            "ok");
        record.status = app::RecordStatus::failed;
        record.error = ServerReply{85, "IndexOptionsConflict", "no"};
        record.completed_at = contract::at(4);
        ASSERT_EQ(outcome(from_.progress().record(sync.id, 3, record, contract::at(4))), "ok");
        ASSERT_EQ(outcome(from_.syncs().request_cancel(sync.id, contract::at(5))), "ok");
        if (status == app::SyncStatus::running) return;
        ASSERT_EQ(outcome(from_.progress().finish(sync.id, 3, status, "why", contract::at(6))), "ok");
    }
    // How many items were written.
    std::int64_t copied() {
        std::int64_t written = 0;
        Kind kind = Kind::users;
        std::int64_t of_kind = 0;
        const auto done = copy_all(*source_, *target_, [&](const CopyProgress& progress) {
            if (progress.kind != kind) written += of_kind;
            kind = progress.kind;
            of_kind = progress.written;
        });
        EXPECT_TRUE(done) << done.error().message;
        return written + of_kind;
    }
    // As if they had not been copied yet.
    void lose_orders() {
        const app::Discard discard = contract::a_discard();
        ASSERT_EQ(outcome(to_.collections().remove_collection(shop_.id, "orders", discard)), "ok");
        ASSERT_TRUE(to_.trash().purge(discard.as).value());
    }
    std::string known_collections_of(const DatabaseId& database) {
        std::string text;
        for (const auto& each : to_.collections().collections(database, {}).value().items)
            text += each.collection + ":" + std::to_string(each.total_indexes) + " ";
        return text;
    }
    void expect_equal() {
        for (const auto kind : all_kinds)
            EXPECT_EQ(*inventory_of(*source_, kind), *inventory_of(*target_, kind)) << to_string(kind);
    }

    SqliteWorld from_, to_;
    std::unique_ptr<Archive> source_ = create_sqlite_archive(from_.connections());
    std::unique_ptr<Archive> target_ = create_sqlite_archive(to_.connections());
    const app::Database shop_ = contract::a_database("shop"), other_ = contract::a_database("other");
    const app::Database gone_ = contract::a_database("gone");
    const app::User eve_ = contract::a_user("eve");
    const app::Discard of_database_ = contract::a_discard(), of_collection_ = contract::a_discard(),
                       of_account_ = contract::a_discard();
    const app::Sync running_ = contract::a_sync(shop_.id), ended_ = contract::a_sync(other_.id);
    static constexpr std::int64_t everything = 2 + 2 + 2 + 1'200 + 2 + 2 + 1 + 3 + 1 + 1 + 3;
};

TEST_F(Copy, BringsEverythingOnce) {
    EXPECT_EQ(copied(), everything);
    expect_equal();
    EXPECT_EQ(inventory_of(*target_, Kind::definitions)->items, 1'200);
    EXPECT_EQ(to_.users().find_by_identity("ada")->status, app::AccountStatus::disabled);
    EXPECT_EQ(to_.databases().get(shop_.id)->protection, app::Protection::on);
    EXPECT_EQ(to_.invites().find("hash of abc")->email, "bob@example.org");
    EXPECT_EQ(to_.invites().find("hash of abc")->used_by, to_.users().find_by_identity("bob")->id);
    EXPECT_EQ(to_.collections().collections(other_.id, {})->items.front().collection, "fresh");
    EXPECT_EQ(copied(), 0);
}

TEST_F(Copy, KeysAndTheAuditLogAreWhole) {
    ASSERT_EQ(copied(), everything);
    const auto key = to_.api_keys().find_by_prefix("abc");
    ASSERT_EQ(outcome(key), "ok");
    EXPECT_EQ(key->secret_hash, "hash of abc");
    EXPECT_EQ(key->databases->size(), 2U);
    EXPECT_EQ(to_.audit().list({}, {})->total, 3);
    EXPECT_EQ(to_.audit().begun_before(contract::at(99), 9)->size(), 1U);
}

TEST_F(Copy, TheTrashComesBackAtTheDestination) {
    ASSERT_EQ(copied(), everything);
    expect_equal();
    const auto entry = to_.trash().get(of_database_.as);
    ASSERT_EQ(outcome(entry), "ok");
    EXPECT_EQ(entry->deleted_by, of_database_.by);
    EXPECT_EQ(entry->definitions, 2);
    ASSERT_EQ(outcome(to_.trash().restore(of_database_.as)), "ok");
    EXPECT_EQ(to_.databases().get(gone_.id)->uri, gone_.uri);
    EXPECT_EQ(known_collections_of(gone_.id), "orders:2 people:0 ");
    ASSERT_EQ(outcome(to_.trash().restore(of_collection_.as)), "ok");
    EXPECT_EQ(known_collections_of(other_.id), "fresh:0 people:1 ");
    ASSERT_EQ(outcome(to_.trash().restore(of_account_.as)), "ok");
    EXPECT_EQ(to_.users().find_by_identity("EVE")->password_hash, eve_.password_hash);
}

TEST_F(Copy, AnEntryOfAnEarlierTryIsPutRightAsAWhole) {
    ASSERT_EQ(copied(), everything);
    {
        auto writer = to_.connections()->write();
        ASSERT_EQ(
            *(*writer)->run("UPDATE trash_definitions SET id = '000000000000000000000001' WHERE collection = "
                            "'orders' AND id = (SELECT MIN(id) FROM trash_definitions)"),
            1);
        ASSERT_EQ(outcome((*writer)->run("DELETE FROM trash_users")), "ok");
        ASSERT_EQ(outcome(writer->commit()), "ok");
    }
    EXPECT_EQ(copied(), 2);
    expect_equal();
}

TEST_F(Copy, GoesOnWhereItStopped) {
    ASSERT_EQ(copied(), everything);
    lose_orders();
    auto changed = shop_;
    changed.description = "of an earlier try";
    const auto as_of = to_.databases().get(shop_.id)->updated_at;
    ASSERT_EQ(outcome(to_.databases().update(changed, as_of, app::Destination::same)), "ok");
    EXPECT_EQ(copied(), 1'200 + 1);
    expect_equal();
}

TEST_F(Copy, AnActiveSyncGoesOnAtTheDestination) {
    ASSERT_EQ(copied(), everything);
    EXPECT_EQ(to_.progress().signal(running_.id, 3).value(), app::SyncSignal::cancel);
    const auto taken_over = to_.progress().claim(running_.id, 4, contract::at(9));
    ASSERT_EQ(outcome(taken_over), "ok");
    EXPECT_EQ(taken_over->records.size(), 2U);
    EXPECT_EQ(taken_over->records[0].error->code, 85);
    EXPECT_EQ(taken_over->completed_tasks, 1);
    auto writer = to_.connections()->write();
    EXPECT_EQ(*(*writer)->run("DELETE FROM jobs"), 1);  // that of the active one
}

TEST_F(Copy, WhatIsNotOfTheSourceIsFoundBeforehand) {
    EXPECT_FALSE(*first_foreign(*source_, *target_));
    ASSERT_EQ(copied(), everything);
    lose_orders();
    EXPECT_FALSE(*first_foreign(*source_, *target_)) << "an interrupted copy may go on";
    const auto stranger = contract::a_definition(shop_.id, "orders", "stranger");
    ASSERT_EQ(outcome(to_.definitions().create(stranger)), "ok");
    const auto foreign = *first_foreign(*source_, *target_);
    ASSERT_TRUE(foreign);
    EXPECT_EQ(foreign->kind, Kind::definitions);
    EXPECT_EQ(foreign->id, stranger.id.text());
}

TEST_F(Copy, DoesNotTakeTheNameOfWhatIsThere) {
    ASSERT_EQ(outcome(to_.databases().create(contract::a_database("shop"))), "ok");
    const auto done = copy_all(*source_, *target_, [](const CopyProgress&) {});
    EXPECT_EQ(outcome(done), "already_exists");
    EXPECT_EQ(done.error().message.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace mim::store
