// A connection string that the driver's own parser and our limits accept.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "drivers/mongoc/handles.hpp"

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
    // A copy to set options on.
    [[nodiscard]] UriHandle copy() const { return UriHandle(mongoc_uri_copy(handle_.get())); }

  private:
    explicit Uri(UriHandle handle) : handle_(std::move(handle)) {}
    UriHandle handle_;
};

}  // namespace mim::drivers::mongoc
