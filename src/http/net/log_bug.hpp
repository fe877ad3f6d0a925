// What happens to an exception that leaves a session or what takes one in: it is a bug, or there was no
// memory; it ends its connection, not the server, and is not lost.
#pragma once

#include <exception>

#include "http/net/core.hpp"

namespace mim::http {

class LogBug {
  public:
    explicit LogBug(Core& core) : core_(core) {}
    void operator()(const std::exception_ptr& bug) const noexcept {
        if (!bug) return;
        try {
            tell(bug);
        } catch (...) {  // no memory for its line either
        }
    }

  private:
    void tell(const std::exception_ptr& bug) const {
        try {
            std::rethrow_exception(bug);
        } catch (const std::exception& exception) {
            core_.log.error("http.session_failed", {{"what", exception.what()}});
        } catch (...) {
            core_.log.error("http.session_failed");
        }
    }

    Core& core_;
};

}  // namespace mim::http
