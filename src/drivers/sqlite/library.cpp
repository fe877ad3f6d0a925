#include "drivers/sqlite/library.hpp"

#include <sqlite3.h>

namespace mim::sqlite {

std::string library_version() {
    return sqlite3_libversion();
}

}  // namespace mim::sqlite
