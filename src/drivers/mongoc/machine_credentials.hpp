// What of this machine's own a target's connection string may sign in with: credentials that clouds, ticket
// caches and files hand to whoever runs here. Whoever may add a target chooses the server that gets them, so
// none are used but those that the operator names.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace mim::drivers::mongoc {

// What a connection string takes from the machine; none of its words are secret.
struct TakenFromMachine {
    std::string mechanism;  // "aws", "gssapi", "oidc"; empty = the string has credentials, or needs none
    std::vector<std::string> files;  // of certificates and keys
};

class MachineCredentials {
  public:
    MachineCredentials() = default;  // nothing may be used
    // `mechanisms`: some of aws, gssapi and oidc, separated by commas. `folder` empty = no file.
    // invalid_input (fields "--ambient-credentials", "--target-tls-folder").
    [[nodiscard]] static Result<MachineCredentials> parse(std::string_view mechanisms,
                                                          const std::filesystem::path& folder);

    // Why it is refused, for people; none when it is allowed. Looks at files' places, and never tells
    // whether one is there.
    [[nodiscard]] std::optional<std::string> objection(const TakenFromMachine& taken) const;

  private:
    [[nodiscard]] bool has(const std::string& file) const;

    std::vector<std::string> mechanisms_;
    std::filesystem::path folder_;  // without links
};

}  // namespace mim::drivers::mongoc
