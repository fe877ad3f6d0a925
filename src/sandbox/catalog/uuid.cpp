#include "sandbox/catalog/uuid.hpp"

#include <array>
#include <random>

#include "base/ascii.hpp"

namespace mim::sandbox::catalog {

std::string new_uuid() {
    static thread_local std::mt19937_64 engine{std::random_device{}()};
    std::string text;
    for (int half = 0; half < 2; ++half) {
        std::uint64_t bits = engine();
        for (int digit = 0; digit < 16; ++digit, bits >>= 4U) text += ascii::hex_digits[bits & 15U];
    }
    text[12] = '4';  // version 4, variant 1, as RFC 4122 has random ones
    text[16] = 'a';
    return text;
}

bson::Value uuid_value(const std::string& digits) {
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t at = 0; at < bytes.size(); ++at)
        bytes[at] = static_cast<std::uint8_t>(std::stoi(digits.substr(2 * at, 2), nullptr, 16));
    bson_t* raw = bson_new();
    BSON_APPEND_BINARY(raw, "", BSON_SUBTYPE_UUID, bytes.data(), static_cast<std::uint32_t>(bytes.size()));
    const bson::Document holder{bson::DocumentView::of(*raw)};
    bson_destroy(raw);
    return bson::Value(*holder.begin());
}

}  // namespace mim::sandbox::catalog
