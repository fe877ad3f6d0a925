// The rules of connection strings that the driver's parser does not enforce, judged on the text alone. Pure.
// Source: the drivers' connection string specification.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drivers/mongoc/uri.hpp"

namespace mim::drivers::mongoc {

// Why `text` is refused before the driver sees it; none when it may pass. Never quotes user name, password or
// options.
[[nodiscard]] std::optional<std::string> objection(std::string_view text, const UriLimits& limits);
// The driver's own reason with everything it quotes removed, except the names of options.
[[nodiscard]] std::string without_quotations(std::string_view reason);

}  // namespace mim::drivers::mongoc
