#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace mim::app {

enum class KeyScope { read, write };
[[nodiscard]] constexpr std::string_view to_string(KeyScope scope) {
    return scope == KeyScope::read ? "read" : "write";
}
[[nodiscard]] constexpr std::optional<KeyScope> parse_key_scope(std::string_view text) {
    if (text == "read") return KeyScope::read;
    if (text == "write") return KeyScope::write;
    return std::nullopt;
}

// A key by which a machine acts for its owner. The key itself, `mim_<prefix>_<secret>`, is not kept.
struct ApiKey {
    ApiKeyId id = ApiKeyId::generate();
    UserId owner;
    Timestamp created_at{};
    std::string name{};
    std::string prefix{};       // unique; what a key is known by in lists and logs
    std::string secret_hash{};  // of the secret part, in hexadecimal
    KeyScope scope = KeyScope::read;
    std::optional<std::vector<DatabaseId>> databases{};  // none = every one; some of them may be gone by now
    std::optional<Timestamp> expires_at{};               // none = never
    std::optional<Timestamp> last_used_at{};             // to about a minute
};

}  // namespace mim::app
