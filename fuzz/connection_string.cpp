// Connection strings: neither the masked form nor a refusal shows the password.
#include <algorithm>
#include <cctype>

#include "app/ports/target.hpp"
#include "drivers/mongoc/uri.hpp"
#include "fuzz.hpp"

namespace {

using mim::fuzz::must;

// The password as it stands in the text, when it is one that can be searched for: letters and digits, so that
// it is no word of a message, which occur nowhere else.
std::string_view password_of(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::size_t at = text.find('@', scheme);
    const std::size_t colon = text.find(':', scheme + 3);
    if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) return {};
    const std::string_view password = text.substr(colon + 1, at - colon - 1);
    const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
    const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    const bool plain = std::ranges::all_of(password, [](unsigned char c) { return std::isalnum(c) != 0; }) &&
                       std::ranges::any_of(password, is_letter) && std::ranges::any_of(password, is_digit);
    if (!plain || password.size() < 6 || text.find(password) != text.rfind(password)) return {};
    return password;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = mim::fuzz::text_of(data, size);
    const std::string_view password = password_of(text);
    const mim::Secret secret{std::string(text)};

    const std::string masked = mim::app::masked_uri(secret);
    must(password.empty() || masked.find(password) == std::string::npos, "the mask hides the password",
         masked);
    const std::string again = mim::app::masked_uri(mim::Secret(masked));
    must(again == masked, "what is masked stays as it is", again);

    const auto uri = mim::drivers::mongoc::Uri::parse(secret);
    if (uri) {
        static_cast<void>(uri->database());
        static_cast<void>(uri->copy());
    } else {
        for (const auto& field : uri.error().fields) {
            must(password.empty() || field.reason.find(password) == std::string::npos,
                 "a refusal hides the password", field.reason);
        }
    }
    return 0;
}
