// Which other web origins may read this API from a browser: none, unless they are listed.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace mim::http {

// Immutable; thread-safe.
class CrossOrigin {
  public:
    CrossOrigin() = default;  // nobody
    // Origins as browsers send them (`https://console.example.com`); invalid_input names the one that is
    // none.
    // `*` is none: whoever should get in has a name.
    [[nodiscard]] static Result<CrossOrigin> create(const std::vector<std::string>& origins);

    // Adds the headers of the CORS protocol to an answer; for a preflight also what may be sent. Credentials
    // are never allowed, since there are no cookies: the bearer token is a header.
    void mark(const Request& request, Response& response) const;

  private:
    std::vector<std::string> origins_;
};

}  // namespace mim::http
