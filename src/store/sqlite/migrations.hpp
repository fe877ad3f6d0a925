// Brings a data file's schema up to date by numbered migrations, each applied once and recorded in the file.
#pragma once

#include <span>

#include "base/time.hpp"
#include "drivers/sqlite/connections.hpp"

namespace mim::store {

struct Migration {
    int version = 0;  // 1, 2, 3 … without gaps
    const char* name = "";
    const char* script = "";
};

// All missing ones in one transaction; safe when several processes start at once. store_failed: the file's
// schema is newer than the last of `migrations`, or the file cannot be read or written.
Done migrate(sqlite::Connections& file, std::span<const Migration> migrations, Timestamp now);

}  // namespace mim::store
