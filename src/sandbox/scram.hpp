// The server's side of SCRAM-SHA-256. Sources: RFC 5802, RFC 7677; one user.
#pragma once

#include <optional>
#include <string>

#include "sandbox/refusal.hpp"
#include "sandbox/settings.hpp"

namespace mim::sandbox {

// What a server stores of a password. Deriving it takes some milliseconds.
struct ScramKeys {
    std::string user;
    std::string salt;
    int iterations = 15'000;
    std::string stored_key;
    std::string server_key;
    [[nodiscard]] static ScramKeys derive(const Credentials& credentials);
};

class ScramConversation {
  public:
    // The client's first message: the server's first message, or 18 for an unknown user or a malformed
    // message.
    [[nodiscard]] static Answer<ScramConversation> begin(const ScramKeys& keys,
                                                         const std::string& client_first);
    [[nodiscard]] const std::string& server_first() const { return server_first_; }
    // The client's final message: the server's signature, or 18 when the proof is wrong.
    [[nodiscard]] Answer<std::string> finish(const ScramKeys& keys, const std::string& client_final) const;

  private:
    std::string client_first_bare_;
    std::string server_first_;
    std::string nonce_;
};

}  // namespace mim::sandbox
