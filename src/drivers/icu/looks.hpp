// What people see of a name: two names with a look in common are easily taken for one another. Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace mim::icu {

// One look or two. Each is the name as it is shown, without blanks and what is never seen, in letters of
// ordinary width and no case, each of them in the place of all that look like it (the skeleton of Unicode's
// technical standard 39). The first is told from the name as it is written, the second from the name in small
// letters: a capital I looks like a small l, a small i does not. internal: ICU lacks its data.
[[nodiscard]] Result<std::vector<std::string>> looks_of(std::string_view name);

// Another one whenever a name may have other looks than it had. Only looks of one version can be compared.
[[nodiscard]] std::string looks_version();

// Of ICU, as it runs.
[[nodiscard]] std::string library_version();

}  // namespace mim::icu
