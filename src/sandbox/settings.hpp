// How a sandbox presents itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "index/definition/server_version.hpp"

namespace mim::sandbox {

struct Credentials {
    std::string user;
    Secret password;  // ASCII: it is not prepared as SASLprep would
};

struct Settings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;                // 0 = any free one
    std::chrono::milliseconds latency{0};  // of every reply
    index::ServerVersion version;
    std::optional<Credentials> credentials;  // none = no authentication, as a mongod without --auth
    std::size_t most_connections = 20'000;   // further ones are closed at once
    // The name of the replica set whose only member it is; none = a standalone, unless a seed makes it a
    // mongos.
    std::optional<std::string> replica_set = {};
    // That it begins with; none = its version.
    std::optional<index::ServerVersion> feature_version = {};

    [[nodiscard]] index::ServerVersion first_feature_version() const {
        return feature_version.value_or(version);
    }
};

}  // namespace mim::sandbox
