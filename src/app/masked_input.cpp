#include "app/masked_input.hpp"

#include <map>

namespace mim::app {
namespace {

// The name of the option that the mask at `at` is the value of; empty = the mask is the password.
std::string place_of(std::string_view text, std::size_t at) {
    if (at == 0 || text[at - 1] != '=') return {};
    const std::string_view before = text.substr(0, at - 1);
    const std::size_t start = before.find_last_of("?&;/");
    return std::string(start == std::string_view::npos ? before : before.substr(start + 1));
}

using Secrets = std::map<std::string, std::string>;  // place → what is hidden there

// Walks the text and its masked form side by side: what stands between the same words is what the mask hides.
Secrets hidden_in(std::string_view text, std::string_view masked) {
    Secrets secrets;
    std::size_t in_masked = 0;
    std::size_t in_text = 0;
    for (;;) {
        const std::size_t mask = masked.find(password_mask, in_masked);
        if (mask == std::string_view::npos) return secrets;
        in_text += mask - in_masked;
        in_masked = mask + password_mask.size();
        const std::size_t next = masked.find(password_mask, in_masked);
        const std::string_view following = masked.substr(in_masked, next - in_masked);
        const bool is_last = next == std::string_view::npos;
        const std::size_t end = is_last ? text.size() - following.size() : text.find(following, in_text);
        if (end == std::string_view::npos || end < in_text) return secrets;
        secrets.emplace(place_of(masked, mask), std::string(text.substr(in_text, end - in_text)));
        in_text = end;
    }
}

}  // namespace

bool holds_mask(const Secret& uri) {
    return uri.reveal().find(password_mask) != std::string::npos;
}

Result<Secret> with_stored_secrets(const Secret& given, const Secret& stored) {
    const Secrets secrets = hidden_in(stored.reveal(), masked_uri(stored));
    const std::string_view text = given.reveal();
    std::string restored;
    std::size_t done = 0;
    for (;;) {
        const std::size_t mask = text.find(password_mask, done);
        if (mask == std::string_view::npos) break;
        const auto secret = secrets.find(place_of(text, mask));
        if (secret == secrets.end()) {
            return invalid_field("uri",
                                 "holds *** where the stored URI has no secret: write the secret itself");
        }
        restored.append(text, done, mask - done);
        restored += secret->second;
        done = mask + password_mask.size();
    }
    restored.append(text, done);
    return Secret(std::move(restored));
}

}  // namespace mim::app
