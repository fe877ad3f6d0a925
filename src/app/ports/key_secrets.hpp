// The secrets of API keys. Thread-safe; quick.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace mim::app {

// A key is `mim_<prefix>_<secret>`.
inline constexpr std::string_view api_key_mark = "mim_";

class KeySecrets {
  public:
    virtual ~KeySecrets() = default;
    struct Made {
        std::string prefix;  // of lower-case letters and digits
        Secret secret;       // 256 random bits
    };
    virtual Made make() = 0;
    // Without salt and cost: a secret of full entropy cannot be guessed from it.
    [[nodiscard]] virtual std::string hash(std::string_view secret) const = 0;
    enum class Verdict { matches, differs };
    // In a time that does not depend on what differs.
    [[nodiscard]] virtual Verdict verify(std::string_view secret, std::string_view hash) const = 0;
};

}  // namespace mim::app
