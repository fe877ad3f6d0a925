// How the contracts speak of results: by name, so that a failure reads "already_exists" instead of a number.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace mim::contract {

inline constexpr const char* ok = "ok";

template <class T>
[[nodiscard]] std::string outcome(const Result<T>& result) {
    return result ? std::string(ok) : std::string(to_string(result.error().code));
}

template <class T>
[[nodiscard]] bool names_field(const Result<T>& result, std::string_view field) {
    if (result) return false;
    const Error error = result.error();
    return std::any_of(error.fields.begin(), error.fields.end(),
                       [field](const FieldError& bad) { return bad.path == field; });
}

}  // namespace mim::contract
