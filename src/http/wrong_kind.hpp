// Why a field of the wrong kind is refused: which field it is, what it takes, with an example, and what was
// sent. Only the kind of what was sent is told, never its value: it may be a password.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace mim::http {

// What a field takes, as its refusal says it.
namespace takes {
inline constexpr std::string_view text = R"(a string such as "abc")";
inline constexpr std::string_view id = R"(an id of 24 hexadecimal digits such as "65a1f0c2e4b0a1b2c3d4e5f6")";
inline constexpr std::string_view time = R"(a time such as "2026-01-31T09:05:00Z")";
inline constexpr std::string_view flag = "true or false";
inline constexpr std::string_view number = "a number such as 1";
inline constexpr std::string_view names = R"(an array of strings such as ["abc"])";
inline constexpr std::string_view name = R"(a string such as "abc" that is not empty)";
inline constexpr std::string_view object = R"(an object such as {"abc": 1})";
}  // namespace takes

struct IntegerRange {
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
};

// "a whole number such as 1", with an example that lies in the range.
[[nodiscard]] std::string whole_number_in(IntegerRange range);

// "a string", "a number that is not whole", "an array" …
[[nodiscard]] std::string_view kind_of(const boost::json::value& sent);

// `path must be wanted, not sent`.
[[nodiscard]] std::string wrong_kind(std::string_view path, std::string_view wanted, std::string_view sent);

}  // namespace mim::http
