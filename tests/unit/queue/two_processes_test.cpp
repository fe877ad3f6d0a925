// Two processes on one file at the same time.
#include <thread>

#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "unit/queue/activity.hpp"
#include "unit/queue/child_process.hpp"
#include "unit/queue/invariants.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::queue {
namespace {

TEST(TwoProcesses, MakeAndUseOneFileTogether) {
    const sqlite::TemporaryFolder folder;  // the file is not there yet: both create and migrate it
    const auto work = [&](unsigned seed) {
        return [&folder, seed](const ChildProcess::Write&) {
            Activity activity(folder.file(), seed, [](Note, const std::string&) {});
            for (int i = 0; i < 150; ++i) activity.step();
            return 0;
        };
    };
    ChildProcess first(work(1));
    ChildProcess second(work(2));
    EXPECT_EQ(first.wait(), 0);
    EXPECT_EQ(second.wait(), 0);
    expect_sound(folder.file());
}

constexpr int databases = 20;

// For each database, from two threads: submits won in all; -1 when an answer was neither a win nor
// sync_active.
int submits_won(const std::filesystem::path& file) {
    const auto stores = store::create_sqlite_stores(store::open_or_throw(file));
    const auto targets = stores.databases->list({.query = "", .page = 1, .limit = databases});
    std::atomic<int> won{0};
    std::atomic<bool> odd{false};
    const auto submit_all = [&] {
        for (const auto& database : targets->items) {
            const auto done = stores.syncs->submit(contract::a_sync(database.id), {});
            if (done)
                ++won;
            else if (done.error().code != ErrorCode::sync_active)
                odd = true;
        }
    };
    std::thread one(submit_all), two(submit_all);
    one.join();
    two.join();
    return odd ? -1 : won.load();
}

TEST(TwoProcesses, OfAllSubmitsForADatabaseExactlyOneWins) {
    const sqlite::TemporaryFolder folder;
    {
        const auto stores = store::create_sqlite_stores(store::open_or_throw(folder.file()));
        for (int i = 0; i < databases; ++i)
            ASSERT_TRUE(stores.databases->create(contract::a_database("db" + std::to_string(i))));
    }
    const auto race = [&](const ChildProcess::Write&) { return submits_won(folder.file()); };
    ChildProcess first(race);
    ChildProcess second(race);
    EXPECT_EQ(first.wait() + second.wait(), databases);
    expect_sound(folder.file());
}

}  // namespace
}  // namespace mim::queue
