// The OpenAPI document as one readable HTML page.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace mim::http {

// The page has one style sheet inside, known to the browser by its hash, and nothing else.
inline constexpr std::string_view html_page_policy =
    "default-src 'none'; style-src 'sha256-uud8x1oxY+gCfckNYl12TRvwQOISz0HLXdjxCmYs27Q='; base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'";

// Pure. Throws when `document` lacks what our own document always has.
[[nodiscard]] std::string html_page(const boost::json::object& document);

}  // namespace mim::http
