// What a MongoDB server runs. Its index rules are not those of the binary alone: the feature compatibility
// version stays behind after an upgrade until an administrator raises it, and may stay there for good.
#pragma once

#include <optional>
#include <string>

#include "index/definition/server_version.hpp"

namespace mim::index {

struct ServerRelease {
    ServerVersion binary;
    // None where it is not known: a mongos has none, and not everybody may ask a mongod.
    std::optional<ServerVersion> feature_version = {};

    friend bool operator==(const ServerRelease&, const ServerRelease&) = default;
    // The version whose rules it follows: the older of the two.
    [[nodiscard]] ServerVersion rules() const;
    // "MongoDB 5.0", and "MongoDB 5.0 with feature compatibility version 4.4" where the two differ.
    [[nodiscard]] std::string text() const;
};

}  // namespace mim::index
