// Makes and recognises the tokens that are good once: of invites, of password resets. Thread-safe.
#pragma once

#include <string>

#include "base/secret.hpp"

namespace mim::app {

class OneTimeTokens {
  public:
    virtual ~OneTimeTokens() = default;
    // Fresh and not to be guessed.
    virtual Secret make() = 0;
    // The same for the same token. A token is as random as its hash is long, so no slow hash is needed.
    virtual std::string hash(const Secret& token) = 0;
    // How it begins.
    virtual std::string prefix(const Secret& token) = 0;
};

}  // namespace mim::app
