// The database that this service itself lives in, when it is on a MongoDB: never to be reached as a target,
// whatever name, address or tunnel leads there. Told by what servers say of themselves when they greet.
#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "bson/document.hpp"

namespace mim::drivers::mongoc {

// One running server: its process (MongoDB 4.4 and later), else the member of a replica set that it is; empty
// when it says neither, as an old standalone server.
// Source: the `hello` command, fields topologyVersion.processId, setName and me.
[[nodiscard]] std::string server_identity(bson::DocumentView greeting);

// Servers by their identities. Thread-safe.
class KnownServers {
  public:
    void note(const std::string& identity) {
        const std::scoped_lock lock(mutex_);
        identities_.insert(identity);
    }
    [[nodiscard]] bool has_any_of(const std::set<std::string>& others) const {
        const std::scoped_lock lock(mutex_);
        return std::ranges::any_of(others, [this](const auto& each) { return identities_.contains(each); });
    }

  private:
    mutable std::mutex mutex_;
    std::set<std::string> identities_;
};

struct OwnDatabase {
    std::string name;
    std::shared_ptr<KnownServers> servers;  // filled by the connections to it
};

}  // namespace mim::drivers::mongoc
