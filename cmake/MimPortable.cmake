# For the tarball: a program that needs nothing of the machine but glibc. Linked in is what has an archive and is used by
# no library that is carried; carried beside the program, in lib/, is everything else (scripts/carry-libraries). Whatever
# a carried library uses as well must be there once only: two OpenSSL or two libstdc++ in one process do not know of each other.
# What is compiled stays the same, so that only the linking is done again.
function(mim_link_in target property archive)
    find_library(MIM_ARCHIVE_${archive} NAMES lib${archive}.a REQUIRED)
    set_target_properties(${target} PROPERTIES ${property} ${MIM_ARCHIVE_${archive}})
endfunction()

mim_link_in(Boost::json IMPORTED_LOCATION_RELEASE boost_json)
mim_link_in(SQLite::SQLite3 IMPORTED_LOCATION sqlite3)
mim_link_in(PkgConfig::sodium INTERFACE_LINK_LIBRARIES sodium)
mim_link_in(PkgConfig::hiredis INTERFACE_LINK_LIBRARIES hiredis)
mim_link_in(PkgConfig::jemalloc INTERFACE_LINK_LIBRARIES jemalloc_pic)

# The old kind of path, which also holds for what the carried libraries need themselves; the new kind is for the program alone.
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib")
add_link_options(-Wl,--disable-new-dtags)
