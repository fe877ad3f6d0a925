// What somebody may have meant who wrote a name that does not exist.
#pragma once

#include <string>
#include <vector>

namespace mim {

// The one that few slips of the keyboard lead away from; none = empty.
[[nodiscard]] std::string nearest_name(const std::string& written, const std::vector<std::string>& known);
// "; did you mean X?", or empty.
[[nodiscard]] std::string suggestion(const std::string& written, const std::vector<std::string>& known);

}  // namespace mim
