// The version of a MongoDB server, as far as its index rules differ by it.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace mim::index {

struct ServerVersion {
    int major = 7;
    int minor = 0;
    friend auto operator<=>(const ServerVersion&, const ServerVersion&) = default;
    // "7.0.14" or "7.0"; none when it is not a version.
    [[nodiscard]] static std::optional<ServerVersion> parse(std::string_view text);
    [[nodiscard]] std::string text() const;  // "7.0"
};

}  // namespace mim::index
