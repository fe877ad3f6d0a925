// What happens to an exception that leaves a session: it is a bug; it ends its connection, not the server,
// and is not lost.
#pragma once

#include <exception>

#include "http/net/core.hpp"

namespace mim::http {

class LogBug {
  public:
    explicit LogBug(Core& core) : core_(core) {}
    void operator()(const std::exception_ptr& bug) const {
        if (!bug) return;
        try {
            std::rethrow_exception(bug);
        } catch (const std::exception& exception) {
            core_.log.error("http.session_failed", {{"what", exception.what()}});
        } catch (...) {
            core_.log.error("http.session_failed");
        }
    }

  private:
    Core& core_;
};

}  // namespace mim::http
