// What the rule files share: how they say no. Private to this room.
#pragma once

#include <optional>
#include <string>

#include "base/server_code.hpp"
#include "index/rules/rules.hpp"

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
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace mim::index
