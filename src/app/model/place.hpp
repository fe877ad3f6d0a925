// Where a connection string leads: the deployment by its seed list, and the database in it. Two entries may
// lead to one place under other credentials, another order of hosts, another spelling. What no text tells
// (two names of one host, a tunnel, the hosts behind an SRV record) is told by the servers themselves, once
// somebody has connected: each names its running process. Until then it counts as another place. Holds
// nothing secret. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace mim::app {

struct Place {
    // "host:port", in lower case, without a last dot, the port always said, each once, sorted; all names of
    // this machine as "localhost"; a socket by its path; "srv:name" where the hosts come from DNS.
    // And the servers that answered there, each as "process ID".
    std::vector<std::string> hosts;
    std::string db_name;  // lower case: a deployment has no two that differ in case alone
};
// Whether their texts lead to the same; who answered there does not count.
[[nodiscard]] bool operator==(const Place& one, const Place& other);

// The same, with these servers: of their identities (drivers/mongoc/own_database.hpp) those that name a
// process, which is no other's. At most 64 stay known, the newest among them.
[[nodiscard]] Place with_servers(const Place& place, const std::vector<std::string>& identities);
// Those of `place`.
[[nodiscard]] std::vector<std::string> servers_of(const Place& place);

// None where the text names no host.
[[nodiscard]] std::optional<Place> place_of(const Secret& uri, std::string_view db_name);
// Its hosts as a Place has them, separated by commas: the same for all databases of one deployment, whoever
// signs in. Empty where the text names none.
[[nodiscard]] std::string deployment_of(const Secret& uri);
// One host or one server in common, and the same database.
[[nodiscard]] bool is_shared(const Place& one, const Place& other);

// As it is stored, and back.
[[nodiscard]] std::string to_text(const Place& place);
[[nodiscard]] std::optional<Place> parse_place(std::string_view text);

}  // namespace mim::app
