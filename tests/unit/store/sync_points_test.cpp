// The running sum behind a sync's progress stays right whatever a record goes through.
#include <gtest/gtest.h>

#include "contract/outcome.hpp"
#include "contract/samples.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::store {
namespace {

using app::RecordStatus;

class SyncPoints : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto shop = contract::a_database("shop");
        ASSERT_TRUE(world_.databases().create(shop));
        auto sync = contract::a_sync(shop.id);
        id_ = sync.id;
        ASSERT_TRUE(world_.syncs().submit(sync, {}));
        ASSERT_TRUE(world_.progress().claim(id_, 1, contract::at(2)));
        auto planned = world_.progress().plan(id_, 1, {contract::a_record("a"), contract::a_record("b")},
                                              contract::at(3));
        ASSERT_TRUE(planned);
        records_ = *planned;
    }
    int progress_after(std::size_t position, RecordStatus status, int progress) {
        auto record = records_[position];
        record.status = status;
        record.progress = progress;
        EXPECT_EQ(contract::outcome(world_.progress().record(id_, 1, record, contract::at(4))), "ok");
        return world_.syncs().get(id_)->progress;
    }
    SqliteWorld world_;
    SyncId id_ = SyncId::generate();
    std::vector<app::SyncRecord> records_;
};

TEST_F(SyncPoints, FollowEveryChangeOfARecord) {
    EXPECT_EQ(progress_after(0, RecordStatus::running, 50), 25);
    EXPECT_EQ(progress_after(0, RecordStatus::running, 10), 5);
    EXPECT_EQ(progress_after(0, RecordStatus::failed, 10), 50);
    EXPECT_EQ(progress_after(0, RecordStatus::failed, 10), 50);
    EXPECT_EQ(progress_after(1, RecordStatus::skipped, 0), 100);
    EXPECT_EQ(world_.syncs().get(id_)->completed_tasks, 2);
    EXPECT_EQ(progress_after(0, RecordStatus::pending, 0), 50);  // tried again
    EXPECT_EQ(world_.syncs().get(id_)->completed_tasks, 1);
}

TEST_F(SyncPoints, ARecordThatWasNotPlannedIsRefused) {
    auto record = records_[0];
    record.position = 7;
    EXPECT_EQ(contract::outcome(world_.progress().record(id_, 1, record, contract::at(4))), "store_failed");
}

}  // namespace
}  // namespace mim::store
