// Which hosts, addresses and socket files targets may be at, and what of this machine they may be shown. Pure
// but for what it knows of files.
//
// What is denied by name or network is refused, whatever else is said. Link-local addresses and those at
// which clouds hand out their machines' credentials are refused too, unless an allowed network lies within
// them. With an allow list, everything else must be on it, by the name that was asked for or by its address.
// Unix sockets are refused unless their path is allowed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "drivers/mongoc/machine_credentials.hpp"

namespace mim::drivers::mongoc {

class TargetPolicy {
  public:
    TargetPolicy() = default;  // both lists empty
    // Entries separated by commas: host names, "*.example.com" for every name below it, addresses, networks,
    // and in `allow` paths of socket files. invalid_input (fields "--target-allow", "--target-deny").
    [[nodiscard]] static Result<TargetPolicy> parse(std::string_view allow, std::string_view deny,
                                                    MachineCredentials credentials = {});

    // Each: why it is refused, for people; none when it is allowed.
    // `host` is the name by which the address was found, or the address itself.
    [[nodiscard]] std::optional<std::string> objection(std::string_view host, const IpAddress& address) const;
    [[nodiscard]] std::optional<std::string> objection_to_socket(std::string_view path) const;
    // What can be told before the name is looked up: whether it is denied, and whether it, or any address,
    // can be allowed.
    [[nodiscard]] std::optional<std::string> objection_to_name(std::string_view host) const;
    [[nodiscard]] std::optional<std::string> early_objection(std::string_view host) const;

    [[nodiscard]] const MachineCredentials& credentials() const { return credentials_; }

  private:
    struct List {
        std::vector<std::string> names;  // in lower case; one that begins with a dot is every name below it
        std::vector<IpNetwork> networks;
        std::vector<std::string> sockets;
        [[nodiscard]] bool has(std::string_view host) const;
        [[nodiscard]] bool has(const IpAddress& address) const;
        [[nodiscard]] bool limits_hosts() const { return !names.empty() || !networks.empty(); }
    };
    enum class Sockets { allowed, refused };
    [[nodiscard]] static Result<List> parse_list(const char* setting, std::string_view text, Sockets sockets);
    [[nodiscard]] bool is_sensitive(const IpAddress& address) const;

    List allow_;
    List deny_;
    MachineCredentials credentials_;
};

}  // namespace mim::drivers::mongoc
