// The database that this service itself lives in, when it is on a MongoDB: never to be reached as a target,
// whatever name, address or tunnel leads there. Told by what servers say of themselves when they greet.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "bson/document.hpp"

namespace mim::drivers::mongoc {

// One running server: "process ID" (MongoDB 4.4 and later), else the member of a replica set that it is;
// empty when it says neither, as an old standalone server. Source: the `hello` command, fields
// topologyVersion.processId, setName and me.
[[nodiscard]] std::string server_identity(bson::DocumentView greeting);

// Servers by their identities. Thread-safe.
class KnownServers {
  public:
    void note(const std::string& identity) {
        const std::scoped_lock lock(mutex_);
        if (identities_.contains(identity)) return;
        if (identities_.size() >= most) identities_.clear();  // whoever is there greets again
        identities_.insert(identity);
        changes_.fetch_add(1, std::memory_order_release);
    }
    // How often one was noted that was not known.
    [[nodiscard]] std::size_t changes() const { return changes_.load(std::memory_order_acquire); }
    [[nodiscard]] std::vector<std::string> all() const {
        const std::scoped_lock lock(mutex_);
        return {identities_.begin(), identities_.end()};
    }
    [[nodiscard]] bool has_any_of(const std::set<std::string>& others) const {
        const std::scoped_lock lock(mutex_);
        return std::ranges::any_of(others, [this](const auto& each) { return identities_.contains(each); });
    }

  private:
    static constexpr std::size_t most = 1'000;

    mutable std::mutex mutex_;
    std::set<std::string> identities_;
    std::atomic<std::size_t> changes_{0};
};

struct OwnDatabase {
    std::string name;
    std::shared_ptr<KnownServers> servers;  // filled by the connections to it
};

}  // namespace mim::drivers::mongoc
