// What the sandbox answers when it refuses: MongoDB's code and text. `Answer<T>` is a value or a refusal; it
// is the room's own result, since a refusal is an ordinary reply here and not an error of the program.
#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include <boost/system/result.hpp>

#include "bson/document.hpp"
#include "index/rules/rules.hpp"

namespace mim::sandbox {

struct Refusal {
    int code = 0;
    std::string message;
    bson::Document details;  // further fields of the reply: keyPattern, violations, errorLabels …

    [[nodiscard]] bson::Document reply() const;  // {ok: 0, errmsg, code, codeName, …details}
};

[[noreturn]] void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where);

template <class T>
class [[nodiscard]] Answer : public boost::system::result<T, Refusal> {
    struct NoNumber {};
    using Number = std::conditional_t<std::is_arithmetic_v<T>, T, NoNumber>;

  public:
    using boost::system::result<T, Refusal>::result;
    // Numbers and truths, which the base of Boost 1.81 does not convert from by itself. Later ones do; being
    // no template, this constructor is preferred to theirs.
    // NOLINTNEXTLINE(google-explicit-constructor): as the base's
    Answer(Number value) requires std::is_arithmetic_v<T>
        : boost::system::result<T, Refusal>(boost::system::in_place_value, value) {}
};

using Accepted = Answer<void>;

[[nodiscard]] Refusal refuse(int code, std::string message);
[[nodiscard]] Refusal refuse(const index::Rejection& rejection);
// MongoDB's name of any code that the sandbox answers with.
[[nodiscard]] std::string refusal_name(int code);

// Codes of MongoDB's error_codes.yml that this room uses itself; those of index rules come with the rules.
namespace code {
inline constexpr int bad_value = 2;
inline constexpr int failed_to_parse = 9;
inline constexpr int unauthorized = 13;
inline constexpr int type_mismatch = 14;
inline constexpr int authentication_failed = 18;
inline constexpr int illegal_operation = 20;
inline constexpr int namespace_not_found = 26;
inline constexpr int index_not_found = 27;
inline constexpr int namespace_exists = 48;
inline constexpr int max_time_expired = 50;
inline constexpr int command_not_found = 59;
inline constexpr int index_already_exists = 68;
inline constexpr int invalid_options = 72;
inline constexpr int invalid_namespace = 73;
inline constexpr int index_key_specs_conflict = 86;
inline constexpr int view_refused = 166;
inline constexpr int parallel_arrays = 171;
inline constexpr int ambiguous_key_pattern = 181;
inline constexpr int not_implemented = 238;
inline constexpr int cursor_not_found = 43;
inline constexpr int build_aborted = 276;
inline constexpr int cannot_convert_to_unique = 359;
inline constexpr int duplicate_key = 11000;
inline constexpr int interrupted = 11601;
inline constexpr int background_operation = 12587;
inline constexpr int hashed_array = 16766;
inline constexpr int missing_field = 40414;
inline constexpr int unknown_field = 40415;
}  // namespace code

}  // namespace mim::sandbox
