#include "main/store_contents.hpp"

#include <ostream>

namespace mim::main {

void print_contents(std::ostream& out, const store::FileContents& contents) {
    out << "schema version " << contents.version << "; " << contents.users << " users, " << contents.databases
        << " databases, " << contents.definitions << " definitions, " << contents.syncs << " syncs ("
        << contents.active_syncs << " active)\n";
    for (const auto& [key, databases] : contents.seals.by_key)
        out << "needs the key " << key << " for the connection strings of " << databases << " databases\n";
    if (contents.seals.in_the_clear > 0) {
        out << contents.seals.in_the_clear
            << " connection strings are in the clear in it: whoever reads the file reads the passwords\n";
    }
    out << std::flush;
}

sqlite::OnPages page_lines(std::ostream& out, const std::string& what) {
    return [&out, what, shown = std::int64_t{0}](std::int64_t done, std::int64_t all) mutable {
        const std::int64_t tenths = all == 0 ? 10 : done * 10 / all;
        if (tenths <= shown && done != all) return;
        if (shown == 10) return;
        shown = tenths;
        out << what << ": " << done << " of " << all << " pages" << std::endl;
    };
}

}  // namespace mim::main
