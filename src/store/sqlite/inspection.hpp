// Looking into a data file of any version without changing it, and making a restored one safe to start from.
#pragma once

#include "base/time.hpp"
#include "drivers/sqlite/connections.hpp"
#include "store/uri_sealing.hpp"

namespace mim::store {

struct FileContents {
    std::int64_t version = 0;  // of its schema
    std::int64_t users = 0;
    std::int64_t databases = 0;
    std::int64_t definitions = 0;
    std::int64_t syncs = 0;
    std::int64_t active_syncs = 0;
    SealCount seals;
};

// To look at only, whatever it is. store_failed.
[[nodiscard]] Result<sqlite::Connection> open_to_inspect(const std::filesystem::path& file);
// The newest version that this binary knows.
[[nodiscard]] std::int64_t known_sqlite_version();
// store_failed: not one of our files, or newer than this binary.
[[nodiscard]] Result<FileContents> contents_of(sqlite::Connection& file);
// Whether a writer could begin now: takes the write lock and gives it back. store_failed.
Done check_writable(const std::filesystem::path& file);

// What a backup still holds as under way is not any more: the world went on without it.
struct Ended {
    std::int64_t syncs = 0;  // now cancelled, their jobs gone: nothing may be dropped because of an old wish
    std::int64_t sessions = 0;  // now revoked: among them may be some that were revoked after the backup
};
Result<Ended> end_what_was_under_way(sqlite::Connections& file, Timestamp now);

}  // namespace mim::store
