// The two questions this service asks about media types.
#pragma once

#include <string_view>

namespace mim::http {

// `application/json` or `application/…+json`, with any parameters, in any case.
[[nodiscard]] bool is_json(std::string_view content_type);
// Whether an Accept header asks for JavaScript by name (`*/*` does not).
[[nodiscard]] bool wants_javascript(std::string_view accept);

}  // namespace mim::http
