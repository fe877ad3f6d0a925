// How both stores refuse a name that looks like another one's.
#pragma once

#include <string>

#include "base/error.hpp"

namespace mim::store {

// `field` is the one of the request. Whose name it looks like is not said, as of a name that is taken.
[[nodiscard]] inline Error looks_like_another(const std::string& field) {
    Error error(ErrorCode::already_exists, "The " + field + " looks like one that is taken");
    error.fields = {{field, "looks like one that is taken"}};
    return error;
}

}  // namespace mim::store
