// CRC-32C (Castagnoli), as OP_MSG's optional checksum uses it.
#pragma once

#include <cstdint>
#include <span>

namespace mim::sandbox::wire {

[[nodiscard]] std::uint32_t crc32c(std::span<const std::uint8_t> bytes);

}  // namespace mim::sandbox::wire
