#include "drivers/zlib/gzip.hpp"

#include <new>

#include <zlib.h>

namespace mim::zlib {
namespace {

constexpr int window_with_gzip_header = 15 + 16;
constexpr int memory_level = 8;  // zlib's own default

}  // namespace

std::string gzip(std::string_view plain) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_with_gzip_header, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string packed(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // it is only read
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);  // the bound is enough for all of it in one go
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string library_version() {
    return zlibVersion();
}

}  // namespace mim::zlib
