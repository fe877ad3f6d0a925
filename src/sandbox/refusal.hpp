// What the sandbox answers when it refuses: MongoDB's code and text. `Answer<T>` is a value or a refusal; it
// is the room's own result, since a refusal is an ordinary reply here and not an error of the program.
#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include <boost/system/result.hpp>

#include "base/server_code.hpp"
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

}  // namespace mim::sandbox
