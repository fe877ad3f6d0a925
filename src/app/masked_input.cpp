#include "app/masked_input.hpp"

#include "app/uri_parts.hpp"

namespace mim::app {
namespace {

// Walks the text and its masked form side by side: what stands between the same words is what the mask hides.
std::vector<std::string> hidden_in(std::string_view text, std::string_view masked) {
    std::vector<std::string> secrets;
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
        secrets.emplace_back(text.substr(in_text, end - in_text));
        in_text = end;
    }
}

Error must_be_whole() {
    return invalid_field("uri",
                         "holds *** but is not the stored URI in all that decides where and how a secret is "
                         "sent: give the password again instead of ***");
}

}  // namespace

bool holds_mask(const Secret& uri) {
    return uri.reveal().find(password_mask) != std::string::npos;
}

Result<Secret> with_stored_secrets(const Secret& given, const Secret& stored) {
    const std::string shown = masked_uri(stored);
    const std::string_view text = given.reveal();
    if (binding_parts(text) != binding_parts(shown)) return must_be_whole();
    // Harmless options hold no mask, so the masks are those of what is shown, in the same order.
    const std::vector<std::string> secrets = hidden_in(stored.reveal(), shown);
    std::string restored;
    std::size_t done = 0;
    for (const std::string& secret : secrets) {
        const std::size_t mask = text.find(password_mask, done);
        if (mask == std::string_view::npos) return must_be_whole();
        restored.append(text, done, mask - done);
        restored += secret;
        done = mask + password_mask.size();
    }
    restored.append(text, done);
    Secret whole(std::move(restored));
    if (holds_mask(whole)) return must_be_whole();
    return whole;
}

}  // namespace mim::app
