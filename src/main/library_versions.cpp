#include "main/library_versions.hpp"

#include <iostream>

#include <boost/version.hpp>

#include "bson/library.hpp"
#include "drivers/crypto/libraries.hpp"
#include "drivers/curl/client.hpp"
#include "drivers/icu/looks.hpp"
#include "drivers/jemalloc/allocator.hpp"
#include "drivers/mongoc/library.hpp"
#include "drivers/redis/library.hpp"
#include "drivers/sqlite/library.hpp"
#include "drivers/zlib/gzip.hpp"
#include "main/commands.hpp"
#include "main/settings/argument_split.hpp"

namespace mim::main {
namespace {

std::string boost_version() {
    return std::to_string(BOOST_VERSION / 100'000) + "." + std::to_string(BOOST_VERSION / 100 % 1'000) + "." +
           std::to_string(BOOST_VERSION % 100);
}

}  // namespace

std::vector<LibraryVersion> library_versions() {
    const std::string mongoc = drivers::mongoc::library_version();
    std::vector<LibraryVersion> versions{{"libmongoc", mongoc}};
    if (const std::string version = bson::library_version(); version != mongoc)
        versions.push_back({"libbson", version});
    versions.push_back({"OpenSSL", drivers::crypto::openssl_version()});
    versions.push_back({"SQLite", sqlite::library_version()});
    versions.push_back({"hiredis", redis::library_version()});
    versions.push_back({"libcurl", curl::library_version()});
    versions.push_back({"zlib", zlib::library_version()});
    versions.push_back({"ICU", icu::library_version()});
    if (const auto version = jemalloc::library_version()) versions.push_back({"jemalloc", *version});
    versions.push_back({"Boost", boost_version()});
    versions.push_back({"libsodium", drivers::crypto::sodium_version()});
    versions.push_back({"CLI11", argument_library_version()});
    return versions;
}

int show_versions() {
    std::cout << "mim " << program_version << '\n';
    for (const auto& library : library_versions())
        std::cout << library.name << ' ' << library.version << '\n';
    std::cout << std::flush;
    return 0;
}

}  // namespace mim::main
