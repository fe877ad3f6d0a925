// What a sealing store does beyond the contract of every database store: it keeps nothing in the clear.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "store/uri_sealing.hpp"
#include "unit/store/sealed_world.hpp"

namespace mim::store {
namespace {

using contract::outcome;
using drivers::crypto::SealKey;
using drivers::crypto::SecretBox;

class Sealing : public ::testing::Test {
  protected:
    std::string stored(const app::Database& database) {
        return world_.plain().get(database.id)->uri.reveal();
    }

    SealedWorld world_;
    std::unique_ptr<StoredUris> uris_ = create_sqlite_stored_uris(world_.connections());
    const app::Database shop_ = contract::a_database("shop"), old_ = contract::a_database("old");
};

TEST_F(Sealing, NothingIsKeptInTheClear) {
    ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok");
    EXPECT_TRUE(SecretBox::is_sealed(stored(shop_)));
    EXPECT_EQ(world_.databases().get(shop_.id)->uri, shop_.uri);
    EXPECT_EQ(world_.databases().list({})->items.at(0).uri, shop_.uri);
}

TEST_F(Sealing, WhatIsInTheClearIsReadAndSealedWhenWritten) {
    ASSERT_EQ(outcome(world_.plain().create(old_)), "ok");
    auto read = world_.databases().get(old_.id);
    ASSERT_EQ(outcome(read), "ok");
    EXPECT_EQ(read->uri, old_.uri);
    ASSERT_EQ(outcome(world_.databases().update(*read, read->updated_at, app::Destination::same)), "ok");
    EXPECT_TRUE(SecretBox::is_sealed(stored(old_)));
}

TEST_F(Sealing, WithoutTheKeyTheDatabaseComesWithTheReasonAndIsNotLostByAnUpdate) {
    ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok");
    const auto others = world_.seen_with(SecretBox({SealKey::generate()}));
    auto read = others->get(shop_.id);
    ASSERT_EQ(outcome(read), "ok");
    EXPECT_TRUE(read->uri.empty());
    ASSERT_TRUE(read->uri_error);
    EXPECT_NE(read->uri_error->message.find(world_.key.id()), std::string::npos);
    EXPECT_EQ(others->list({})->items.size(), 1U);
    const auto before = stored(shop_);
    read->name = "renamed";
    EXPECT_EQ(outcome(others->update(*read, read->updated_at, app::Destination::same)), "secret_unreadable");
    EXPECT_EQ(stored(shop_), before);
}

TEST_F(Sealing, ASealedStringIsWorthNothingInAnotherRow) {
    ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok");
    auto thief = old_;
    thief.uri = Secret(stored(shop_));
    ASSERT_EQ(outcome(world_.plain().create(thief)), "ok");
    EXPECT_TRUE(world_.databases().get(old_.id)->uri_error);
}

TEST_F(Sealing, SealsEverythingAnewAndCounts) {
    const SealKey newer = SealKey::generate();
    ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok");
    ASSERT_EQ(outcome(world_.plain().create(old_)), "ok");
    const SecretBox both({newer, world_.key});
    const auto report = seal_uris(*uris_, both, Scope::all, [](std::int64_t) {});
    ASSERT_EQ(outcome(report), "ok");
    EXPECT_EQ(report->sealed, 1);
    EXPECT_EQ(report->resealed, 1);
    EXPECT_EQ(count_seals(*uris_)->by_key.at(newer.id()), 2);
    EXPECT_EQ(seal_uris(*uris_, both, Scope::all, [](std::int64_t) {})->current, 2);
    EXPECT_EQ(world_.seen_with(SecretBox({newer}))->get(shop_.id)->uri, shop_.uri);
    EXPECT_EQ(unreadable_uris(*uris_, world_.box)->size(), 2U);
}

// Else what is brought back after the older key is gone could never be read again.
TEST_F(Sealing, WhatIsInTheTrashIsSealedAnewToo) {
    const SealKey newer = SealKey::generate();
    const app::Discard discard = contract::a_discard();
    ASSERT_EQ(outcome(world_.databases().create(shop_)), "ok");
    ASSERT_EQ(outcome(world_.databases().create(old_)), "ok");
    ASSERT_EQ(outcome(world_.databases().discard(shop_.id, discard)), "ok");
    EXPECT_EQ(count_seals(*uris_)->by_key.at(world_.key.id()), 2);
    const auto report = seal_uris(*uris_, SecretBox({newer, world_.key}), Scope::all, [](std::int64_t) {});
    ASSERT_EQ(outcome(report), "ok");
    EXPECT_EQ(report->resealed, 2);
    ASSERT_EQ(outcome(world_.trash().restore(discard.as)), "ok");
    EXPECT_EQ(world_.seen_with(SecretBox({newer}))->get(shop_.id)->uri, shop_.uri);
}

TEST_F(Sealing, WhoeverWritesMeanwhileWins) {
    ASSERT_EQ(outcome(world_.plain().create(old_)), "ok");
    const StoredUri seen{old_.id, old_.uri};
    auto changed = old_;
    changed.uri = Secret("mongodb://elsewhere/");
    ASSERT_EQ(outcome(world_.databases().update(changed, changed.updated_at, app::Destination::same)), "ok");
    EXPECT_EQ(*uris_->exchange(seen, Secret("x")), Exchanged::no);
    EXPECT_EQ(world_.databases().get(old_.id)->uri, changed.uri);
}

}  // namespace
}  // namespace mim::store
