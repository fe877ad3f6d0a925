// Letters without their case, for "any case" in uniqueness and search. Pure.
#pragma once

#include <string>
#include <string_view>

namespace mim {

// Lower case, letter by letter: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic. Everything else, also
// bytes that are not UTF-8, stays as it is; letters whose lower case has another length in UTF-8 too.
// Idempotent. Stored in unique columns: a change of this function needs a migration that folds them again.
[[nodiscard]] std::string fold(std::string_view text);

}  // namespace mim
