// The OpenAPI document as one readable HTML page.
#pragma once

#include <string>

#include <boost/json/object.hpp>

namespace mim::http {

// Pure. Throws when `document` lacks what our own document always has.
[[nodiscard]] std::string html_page(const boost::json::object& document);

}  // namespace mim::http
