#include "app/masked_input.hpp"

#include <algorithm>
#include <array>

namespace mim::app {
namespace {

// What says neither where to connect nor how to prove who we are, by its lower case name.
constexpr std::array<std::string_view, 24> harmless_options{"appname",
                                                            "connecttimeoutms",
                                                            "heartbeatfrequencyms",
                                                            "journal",
                                                            "localthresholdms",
                                                            "maxconnecting",
                                                            "maxidletimems",
                                                            "maxpoolsize",
                                                            "maxstalenessseconds",
                                                            "minpoolsize",
                                                            "readconcernlevel",
                                                            "readpreference",
                                                            "readpreferencetags",
                                                            "retryreads",
                                                            "retrywrites",
                                                            "serverselectiontimeoutms",
                                                            "serverselectiontryonce",
                                                            "socketcheckintervalms",
                                                            "sockettimeoutms",
                                                            "timeoutms",
                                                            "w",
                                                            "waitqueuemultiple",
                                                            "waitqueuetimeoutms",
                                                            "wtimeoutms"};

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// None of these ends a part of a connection string, for any parser.
bool is_plain_value(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_.,:%+").find(c) != std::string_view::npos;
    });
}

bool is_harmless(std::string_view option) {
    const std::size_t name_end = option.find('=');
    if (name_end == std::string_view::npos) return false;
    const std::string name = lower_case(option.substr(0, name_end));
    const bool known =
        std::find(harmless_options.begin(), harmless_options.end(), name) != harmless_options.end();
    return known && is_plain_value(option.substr(name_end + 1));
}

// All that decides where and how a secret is sent: the text up to the options, and the options that are not
// harmless, in their order.
std::vector<std::string_view> binding_parts(std::string_view masked) {
    const std::size_t base_end = std::min(masked.find('?'), masked.size());
    std::vector<std::string_view> parts{masked.substr(0, base_end)};
    std::string_view options = masked.substr(std::min(base_end + 1, masked.size()));
    while (!options.empty()) {
        const std::size_t end = std::min(options.find('&'), options.size());
        if (end > 0 && !is_harmless(options.substr(0, end))) parts.push_back(options.substr(0, end));
        options.remove_prefix(std::min(end + 1, options.size()));
    }
    return parts;
}

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
