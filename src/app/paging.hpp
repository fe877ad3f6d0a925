// What a list may ask for.
#pragma once

#include "app/model/page.hpp"
#include "base/result.hpp"

namespace mim::app {

// `page` below 1 becomes 1, `limit` below 1 the default, above the cap the cap. invalid_input (query) when it
// is too long or not UTF-8.
[[nodiscard]] Result<PageRequest> effective(PageRequest page);

}  // namespace mim::app
