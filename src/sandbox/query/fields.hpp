// Asking every field of a document, or every element of an array.
#pragma once

#include "bson/document.hpp"

namespace mim::sandbox::query {

template <class Predicate>
[[nodiscard]] bool any_field(bson::DocumentView document, Predicate predicate) {
    for (const auto field : document) {
        if (predicate(field)) return true;
    }
    return false;
}

template <class Predicate>
[[nodiscard]] bool all_fields(bson::DocumentView document, Predicate predicate) {
    return !any_field(document, [&](const bson::ValueView& field) { return !predicate(field); });
}

}  // namespace mim::sandbox::query
