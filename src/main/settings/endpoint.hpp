// Where a server listens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace mim::main {

struct Endpoint {
    std::string host;
    std::uint16_t port = 0;  // 0 = any free one
    [[nodiscard]] std::string text() const;
};

// "HOST:PORT" or "[IPV6]:PORT"; none when it is neither.
[[nodiscard]] std::optional<Endpoint> parse_endpoint(const std::string& text);

}  // namespace mim::main
