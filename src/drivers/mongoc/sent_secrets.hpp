// What signing in sends so that it can be read: a server may repeat it, and a server's words are shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <mongoc/mongoc.h>

#include "base/error.hpp"

namespace mim::drivers::mongoc {

// Immutable. Shorter ones than eight characters are words like others: hiding them would tell them.
class SentSecrets {
  public:
    SentSecrets() = default;  // none
    [[nodiscard]] static SentSecrets of(const mongoc_uri_t* uri);
    // `text` with *** in place of each, also where it is cut off or within something in base64.
    [[nodiscard]] std::string hidden_in(std::string_view text) const;
    // The same for all words of an error.
    void hide_in(Error& error) const;

  private:
    void add(std::string_view secret);

    std::vector<std::string> forms_;  // each of them as it may be written
};

}  // namespace mim::drivers::mongoc
