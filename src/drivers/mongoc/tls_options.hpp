// How a connection string wants TLS.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <mongoc/mongoc.h>

namespace mim::drivers::mongoc {

class TlsOptions {
  public:
    // None when the connection string wants no TLS.
    [[nodiscard]] static std::optional<TlsOptions> of(const mongoc_uri_t* uri);

    // Speaks TLS over `below` and takes it over, also when it fails; null then. The certificate must be of
    // `host`.
    [[nodiscard]] mongoc_stream_t* wrap(mongoc_stream_t* below, const std::string& host) const;

  private:
    TlsOptions() = default;
    std::string key_file_;
    std::string key_password_;
    std::string ca_file_;
    enum class Check { required, waived };
    Check certificate_ = Check::required;
    Check host_name_ = Check::required;
    Check revocation_ = Check::required;
};

}  // namespace mim::drivers::mongoc
