// The OpenAPI document and the readable page made from it. openapi.json is embedded at build time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/route.hpp"

namespace mim::http {

// openapi.json as it lies in the source tree.
[[nodiscard]] std::string_view openapi_source();
// With the base paths of this server; the page is HTML without any outside resource. Pure.
[[nodiscard]] Documents render_documents(const std::vector<std::string>& base_paths);

}  // namespace mim::http
