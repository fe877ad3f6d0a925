#include "sandbox/wire/crc32c.hpp"

#include <array>

namespace mim::sandbox::wire {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
    constexpr std::uint32_t reversed_polynomial = 0x82F63B78U;
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1U) ^ ((value & 1U) != 0 ? reversed_polynomial : 0U);
        table[byte] = value;
    }
    return table;
}

constexpr auto table = make_table();

}  // namespace

std::uint32_t crc32c(std::span<const std::uint8_t> bytes) {
    std::uint32_t sum = 0xFFFFFFFFU;
    for (const std::uint8_t byte : bytes) sum = table[(sum ^ byte) & 0xFFU] ^ (sum >> 8U);
    return sum ^ 0xFFFFFFFFU;
}

}  // namespace mim::sandbox::wire
