// One request as the rest of the room sees it: read whole, limits checked, nothing of Beast left.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/accounts.hpp"
#include "base/result.hpp"
#include "http/audit_draft.hpp"
#include "http/dialect.hpp"
#include "http/forwarded.hpp"
#include "http/method.hpp"

namespace mim::http {

struct PathParameter {
    std::string_view name;  // of the pattern, which outlives every request
    std::string value;
};

struct Request {
    Method method = Method::get;
    std::string path;   // without the query, as sent
    std::string query;  // after the `?`, as sent
    std::string authorization;
    std::string content_type;
    std::string accept;
    std::string origin;          // of the web page that sent it; "" for other programs
    std::string remote_address;  // the client's, seen through trusted proxies
    Scheme scheme = Scheme::http;
    std::string id;  // the caller's X-Request-Id when it is sane, else ours
    std::string body;

    std::vector<PathParameter> parameters;  // set by the router
    Dialect dialect = Dialect::current;     // the same
    std::optional<app::Caller> caller;      // set once the access token or API key is proved
    mutable AuditDraft audit;               // filled by the controller that makes a change

    // Empty when the pattern has no such parameter.
    [[nodiscard]] std::string_view parameter(std::string_view name) const {
        for (const PathParameter& candidate : parameters) {
            if (candidate.name == name) return candidate.value;
        }
        return {};
    }
};

// A path parameter that is an id. One of another form leads to nothing, as one that nobody has: not_found.
template <class IdType>
[[nodiscard]] Result<IdType> id_parameter(const Request& request, std::string_view name) {
    if (auto id = IdType::parse(request.parameter(name))) return *std::move(id);
    return Error{ErrorCode::not_found, "Resource not found"};
}

// Path and query of a request target: `/a?b=c`, or `http://host/a?b=c` as proxies send it.
void set_target(Request& request, std::string_view target);

// 1 to 64 of `A-Z a-z 0-9 . _ -`: what we take over from a caller into header and log.
[[nodiscard]] bool is_sane_request_id(std::string_view text);

}  // namespace mim::http
