// A connection string that the driver's own parser and our limits accept.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "drivers/mongoc/handles.hpp"
#include "drivers/mongoc/sent_secrets.hpp"
#include "drivers/mongoc/target_policy.hpp"

namespace mim::drivers::mongoc {

enum class UnixSockets { allow, refuse };

struct UriLimits {
    std::size_t length = 4096;  // bytes
    std::size_t hosts = 50;
    // A socket file speaks to this machine only, as `localhost` does; refuse both by a firewall where that
    // matters.
    UnixSockets unix_sockets = UnixSockets::allow;
};

// Immutable; safe to read from many threads.
class Uri {
  public:
    // Does no name resolution. invalid_input (field "uri"); the reason never shows a user name, password or
    // option value.
    [[nodiscard]] static Result<Uri> parse(const Secret& text, const UriLimits& limits = {});
    // The database that stands behind the hosts; empty when there is none.
    [[nodiscard]] std::string database() const;
    // True of mongodb+srv://, whose hosts are found by asking the name service.
    [[nodiscard]] bool looks_up_hosts() const;
    // What decides how the deployment is reached: its hosts, in one order, and the options, without user and
    // password. Options may hold other secrets, so it is for comparing only.
    [[nodiscard]] std::string deployment() const;
    // The hosts alone, in one order, for people to see: "db1.example.com:27017, db2.example.com:27017".
    [[nodiscard]] std::string addresses() const;
    struct Host {
        std::string name;  // without brackets; of a unix socket its path
        enum class Kind { network, unix_socket } kind = Kind::network;
    };
    // As they are written; of mongodb+srv:// the one name that is looked up.
    [[nodiscard]] std::vector<Host> hosts() const;
    // Files of certificates and keys that its options name.
    [[nodiscard]] std::vector<std::string> files() const;
    // What of this machine signing in with it would use.
    [[nodiscard]] TakenFromMachine taken_from_machine() const;
    // Why the target policy refuses what is written here; what it says of looked-up addresses shows when they
    // are connected to.
    [[nodiscard]] std::optional<std::string> early_objection(const TargetPolicy& policy) const;
    [[nodiscard]] SentSecrets secrets() const { return SentSecrets::of(handle_.get()); }
    // A copy to set options on.
    [[nodiscard]] UriHandle copy() const { return UriHandle(mongoc_uri_copy(handle_.get())); }

  private:
    explicit Uri(UriHandle handle) : handle_(std::move(handle)) {}
    UriHandle handle_;
};

}  // namespace mim::drivers::mongoc
