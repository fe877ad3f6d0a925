// Result<T>: a value or an Error. Made once, here; everything that can fail in the ordinary course returns
// it.
#pragma once

#include <stdexcept>
#include <utility>

#include <boost/system/result.hpp>

#include "base/error.hpp"

namespace mim {

// What `Result::value()` throws when there is none: a bug of the caller, who should have asked first.
class BadResultAccess : public std::logic_error {
  public:
    explicit BadResultAccess(const Error& error);
};

[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

template <class T>
class [[nodiscard]] Result : public boost::system::result<T, Error> {
  public:
    using boost::system::result<T, Error>::result;
};

using Done = Result<void>;

}  // namespace mim

// Runs `expression`; on an error returns it from the enclosing function, else binds the value to `name`.
#define MIM_CONCAT_INNER(a, b) a##b
#define MIM_CONCAT(a, b) MIM_CONCAT_INNER(a, b)
#define MIM_TRY(name, expression) MIM_TRY_INTO(MIM_CONCAT(mim_result_, __LINE__), name, expression)
#define MIM_TRY_INTO(holder, name, expression)     \
    auto holder = (expression);                    \
    if (!holder) return std::move(holder).error(); \
    auto name = std::move(*holder)
// The same for a result without a value.
#define MIM_CHECK(expression) \
    if (auto mim_done = (expression); !mim_done) return std::move(mim_done).error()
