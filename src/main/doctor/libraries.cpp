#include "drivers/mongoc/library.hpp"
#include "main/doctor/examinations.hpp"
#include "main/library_versions.hpp"

namespace mim::main {

void examine_libraries(Report& report) {
    std::string all;
    for (const auto& library : library_versions())
        all += (all.empty() ? "" : ", ") + library.name + " " + library.version;
    report.ok("libraries", all);
    if (drivers::mongoc::library_soundness() == drivers::mongoc::Soundness::sound) return;
    report.warning("libraries",
                   "libmongoc " + drivers::mongoc::library_version() +
                       " has memory errors in its parser of BSON and the wire protocol that a hostile target "
                       "can reach; 1.27.4 and later have them mended",
                   "use the container image or the package of Debian 13 (Debian 12 has 1.23.1, Debian 13 "
                   "1.30.4)");
}

}  // namespace mim::main
