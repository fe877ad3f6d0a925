#include "index/definition/server_version.hpp"

#include <charconv>

namespace mim::index {

std::optional<ServerVersion> ServerVersion::parse(std::string_view text) {
    ServerVersion version;
    const char* const end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, version.major);
    if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.') return std::nullopt;
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (minor.ec != std::errc{} || version.major < 0 || version.minor < 0) return std::nullopt;
    // What follows (".14", ".0-rc1", "-ent") does not change a rule, but it must look like the rest of a
    // version.
    if (minor.ptr != end && *minor.ptr != '.' && *minor.ptr != '-') return std::nullopt;
    return version;
}

std::string ServerVersion::text() const {
    return std::to_string(major) + "." + std::to_string(minor);
}

}  // namespace mim::index
