// The certificate that new connections are shown, exchangeable while the server runs.
#pragma once

#include <memory>
#include <mutex>

#include "base/log.hpp"
#include "base/result.hpp"
#include "http/tls_settings.hpp"

namespace boost::asio::ssl {
class context;
}

namespace mim::http {

// Thread-safe.
class TlsContexts {
  public:
    using Context = boost::asio::ssl::context;

    // Blocking. invalid_input names the setting, the file and what is wrong with it. A certificate that is
    // out of date is served and complained of in the log: a clock may be wrong, and there is none better.
    [[nodiscard]] static Result<std::unique_ptr<TlsContexts>> create(const TlsSettings& settings,
                                                                     Logger& log);
    // Reads the files again, for connections yet to come. On an error the old certificate stays; here one
    // that is out of date is an error too. Blocking.
    [[nodiscard]] Done reload();
    // A connection made from it may outlive the next reload.
    [[nodiscard]] std::shared_ptr<Context> current() const;

  private:
    TlsContexts(TlsSettings settings, std::shared_ptr<Context> first, Logger& log);
    void tell_loaded(Context& context) const;

    const TlsSettings settings_;
    Logger& log_;
    mutable std::mutex mutex_;
    std::shared_ptr<Context> current_;
};

}  // namespace mim::http
