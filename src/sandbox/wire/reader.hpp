// Reads little-endian numbers, C strings and BSON from bytes and never past their end.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "bson/document.hpp"

namespace mim::sandbox::wire {

[[nodiscard]] Error malformed(std::string what);

class Reader {
  public:
    explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

    [[nodiscard]] std::span<const std::uint8_t> rest() const { return rest_; }
    [[nodiscard]] bool done() const { return rest_.empty(); }
    // Each answers none when the bytes do not suffice; the reader then stays where it is.
    [[nodiscard]] std::optional<std::uint8_t> byte();
    [[nodiscard]] std::optional<std::int32_t> int32();
    [[nodiscard]] std::optional<std::uint32_t> uint32();
    [[nodiscard]] std::optional<std::string> c_string();
    [[nodiscard]] std::optional<std::span<const std::uint8_t>> take(std::size_t count);
    [[nodiscard]] Result<bson::Document> document();  // validated whole

  private:
    std::span<const std::uint8_t> rest_;
};

}  // namespace mim::sandbox::wire
