// What a data file holds, told in a few lines: for backups and what is restored from them.
#pragma once

#include <iosfwd>

#include "drivers/sqlite/backup.hpp"
#include "store/sqlite/inspection.hpp"

namespace mim::main {

// Also which keys its connection strings need.
void print_contents(std::ostream& out, const store::FileContents& contents);
// A line every tenth of the pages.
[[nodiscard]] sqlite::OnPages page_lines(std::ostream& out, const std::string& what);

}  // namespace mim::main
