// Brings a database up to date by numbered migrations, each recorded in it once all of it is done.
#pragma once

#include <span>
#include <vector>

#include "base/time.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

struct WantedIndex {
    const char* collection = "";
    const char* index = "";  // one entry of createIndexes, in Extended JSON
};

struct WantedUpdate {
    const char* collection = "";
    const char* filter = "";  // in Extended JSON, as the next
    const char* change = "";  // of every document that matches
};

// Each step must be harmless when it is done twice, also by two servers at once: whoever was interrupted, or
// came second, does them again.
struct Migration {
    std::int64_t version = 0;  // 1, 2, 3 … without gaps
    const char* name = "";
    std::vector<WantedIndex> indexes;
    std::vector<WantedUpdate> updates{};
};

// store_failed: the database is newer than the last of `migrations`, or the server cannot do a step.
Done migrate(Link& link, std::span<const Migration> migrations, Timestamp now);

// Of the database as it is; 0 before the first migration.
[[nodiscard]] Result<std::int64_t> version_of(Link& link);

// The migrations of our database, oldest first.
[[nodiscard]] std::span<const Migration> all_migrations();

}  // namespace mim::store::mongodb
