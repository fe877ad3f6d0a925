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

// The versions at which a rule changed.
inline constexpr ServerVersion version_4_4{4, 4};
inline constexpr ServerVersion version_5_0{5, 0};
inline constexpr ServerVersion version_5_1{5, 1};
inline constexpr ServerVersion version_5_3{5, 3};
inline constexpr ServerVersion version_6_0{6, 0};
inline constexpr ServerVersion version_7_0{7, 0};
inline constexpr ServerVersion version_7_3{7, 3};
inline constexpr ServerVersion version_8_3{8, 3};

}  // namespace mim::index
