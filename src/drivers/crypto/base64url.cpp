#include "drivers/crypto/base64url.hpp"

#include <sodium.h>

#include "drivers/crypto/bytes_of.hpp"
#include "drivers/crypto/sodium.hpp"

namespace mim::drivers::crypto {
namespace {
constexpr int url_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
}  // namespace

std::string to_base64url(std::string_view bytes) {
    initialise_sodium();
    std::string text(sodium_base64_encoded_len(bytes.size(), url_variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), url_variant);
    text.pop_back();  // the terminating zero
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    initialise_sodium();
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                         text.data(), text.size(), nullptr, &size, &end, url_variant);
    if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
    bytes.resize(size);
    return bytes;
}

}  // namespace mim::drivers::crypto
