// MongoDB's order over values of any type, and equality under it. Source: the manual's "Comparison/Sort
// Order".
#pragma once

#include <optional>
#include <string>

#include "bson/document.hpp"

namespace mim::sandbox::query {

// Below, at or above zero. A missing value orders as null.
[[nodiscard]] int compare(const std::optional<bson::ValueView>& left,
                          const std::optional<bson::ValueView>& right);
[[nodiscard]] int compare(const bson::ValueView& left, const bson::ValueView& right);

// Values of different rank are never equal, and range operators match only within a rank.
[[nodiscard]] int rank(const bson::ValueView& value);

// How strings are told apart in a unique index: as bytes, or without regard to (ASCII) case as a collation of
// strength 1 or 2 has it.
enum class Letters { exact, folded };
// As a collation document has it; none = by bytes.
[[nodiscard]] Letters letters_of(const std::optional<bson::DocumentView>& collation);
// Equal texts exactly when the values compare equal; a missing value has the text of null.
[[nodiscard]] std::string key_text(const std::optional<bson::ValueView>& value,
                                   Letters letters = Letters::exact);

}  // namespace mim::sandbox::query
