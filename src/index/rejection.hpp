// What the rule files share: how they say no. Private to this room.
#pragma once

#include <optional>
#include <string>

#include "index/rules.hpp"
#include "index/server_codes.hpp"

namespace mim::index {

using Verdict = std::optional<Rejection>;  // none = this rule has nothing against it

[[nodiscard]] Rejection refuse(int code, std::string field, std::string message);
// 67 CannotCreateIndex, the usual answer.
[[nodiscard]] Rejection refuse(std::string field, std::string message);
// 72 InvalidOptions.
[[nodiscard]] Rejection invalid_options(std::string field, std::string message);
// 14: "`field` must be `wanted`, not the string it is".
[[nodiscard]] Rejection wrong_type(std::string field, std::string_view wanted, const bson::ValueView& found);
// `key.<field>`, as rejections name a field of the key pattern.
[[nodiscard]] std::string key_field(std::string_view field);
[[nodiscard]] std::string quoted(std::string_view text);

inline constexpr ServerVersion version_4_4{4, 4};
inline constexpr ServerVersion version_5_0{5, 0};
inline constexpr ServerVersion version_5_1{5, 1};
inline constexpr ServerVersion version_5_3{5, 3};
inline constexpr ServerVersion version_6_0{6, 0};
inline constexpr ServerVersion version_7_0{7, 0};
inline constexpr ServerVersion version_8_3{8, 3};

}  // namespace mim::index
