// Copying a data file that others may be writing, judging a copy, and taking a file out of use. Blocking.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "drivers/sqlite/connection.hpp"

namespace mim::sqlite {

using OnPages = std::function<void(std::int64_t done, std::int64_t all)>;

// What `from` holds at this moment, in one consistent state, into the file `to`: a file of one piece, without
// a log beside it, written through to the disk. `to` is empty or missing. Others may go on writing; `from`
// must not be in a transaction. store_failed.
Done copy_into(Connection& from, const std::filesystem::path& to, const OnPages& on_pages);

// SQLite's own check of every page, index and foreign key, without what SQLite 3.40 reports of files that are
// whole. store_failed: what is wrong first.
Done check_whole(Connection& file);

// `damaged`: SQLite cannot say, as it cannot read it.
enum class Use { nobody, somebody, damaged };
// Whether anybody has the file open; changes nothing.
[[nodiscard]] Use use_of(const std::filesystem::path& file);
// The same; when it is nobody, the file's log is brought into it and removed, so that the file stands for
// itself.
[[nodiscard]] Use take_out_of_use(const std::filesystem::path& file);

}  // namespace mim::sqlite
