#include "drivers/mongoc/sent_secrets.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "bson/text_forms.hpp"
#include "drivers/mongoc/error.hpp"

namespace mim::drivers::mongoc {
namespace {

constexpr std::size_t shortest = 8;
constexpr std::string_view mask = "***";
constexpr const char* session_token = "AWS_SESSION_TOKEN";

// The digits of base64 that hold nothing but `secret`, where it begins `offset` bytes after one of the threes
// that base64 is cut into.
std::string within_base64(std::string_view secret, std::size_t offset) {
    constexpr std::size_t byte_bits = 8, digit_bits = 6;
    std::vector<std::uint8_t> bytes(offset);
    bytes.insert(bytes.end(), secret.begin(), secret.end());
    const std::size_t first = (offset * byte_bits + digit_bits - 1) / digit_bits;
    const std::size_t end = bytes.size() * byte_bits / digit_bits;
    return bson::base64_text(bytes).substr(first, end - first);
}

// How many characters at the start of `text` are those that `form` begins with.
std::size_t shared_start(std::string_view text, std::string_view form) {
    const auto parted = std::mismatch(text.begin(), text.end(), form.begin(), form.end());
    return static_cast<std::size_t>(parted.first - text.begin());
}

}  // namespace

SentSecrets SentSecrets::of(const mongoc_uri_t* uri) {
    SentSecrets secrets;
    const char* const password = mongoc_uri_get_password(uri);
    if (password != nullptr) secrets.add(password);
    bson_t properties;
    if (mongoc_uri_get_mechanism_properties(uri, &properties)) {
        bson_iter_t found;
        if (bson_iter_init_find_case(&found, &properties, session_token) && BSON_ITER_HOLDS_UTF8(&found))
            secrets.add(bson_iter_utf8(&found, nullptr));
    }
    // libmongoc takes it from there when the connection string has no password.
    const char* const mechanism = mongoc_uri_get_auth_mechanism(uri);
    if (password == nullptr && mechanism != nullptr && std::string_view(mechanism) == "MONGODB-AWS") {
        if (const char* const token = std::getenv(session_token)) secrets.add(token);
    }
    return secrets;
}

void SentSecrets::add(std::string_view secret) {
    if (secret.size() < shortest) return;
    forms_.push_back(clean(secret));  // as foreign words are shown
    for (std::size_t offset = 0; offset < 3; ++offset) forms_.push_back(within_base64(secret, offset));
}

std::string SentSecrets::hidden_in(std::string_view text) const {
    std::string out;
    while (!text.empty()) {
        std::size_t hidden = 0;
        for (const std::string& form : forms_) {
            const std::size_t same = shared_start(text, form);
            // Somebody's words are cut off at some length, and a secret with them.
            if (same >= std::max(shortest, (form.size() + 1) / 2)) hidden = std::max(hidden, same);
        }
        if (hidden == 0) {
            out += text.front();
            text.remove_prefix(1);
        } else {
            out += mask;
            text.remove_prefix(hidden);
        }
    }
    return out;
}

void SentSecrets::hide_in(Error& error) const {
    if (forms_.empty()) return;
    error.message = hidden_in(error.message);
    if (!error.server) return;
    error.server->name = hidden_in(error.server->name);
    error.server->message = hidden_in(error.server->message);
}

}  // namespace mim::drivers::mongoc
