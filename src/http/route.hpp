// What a route is. The list of them is routes.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "base/result.hpp"
#include "http/api.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace mim::http {

// The rendered documents, made once at the start.
struct Documents {
    std::string openapi;  // JSON
    std::string page;     // HTML
};

// What a controller may use.
struct Context {
    const Api& api;
    const Documents& documents;
    Logger& log;
};

using Handler = Result<Response> (*)(const Context& context, const Request& request);

// What the caller must show. Enforced in one place: Dispatcher.
enum class Need {
    nothing,
    refresh_token,  // a bearer that the controller itself spends
    account,        // any signed-in user, about the own account; no API key
    read,           // any signed-in user
    write,          // an editor or admin
    administer,     // an admin
};
[[nodiscard]] std::string_view to_string(Need need);

enum class Mount {
    base,  // under every base path
    root,  // beside them: operations
};

enum class Where {
    pool,             // blocks, as every use-case does
    password_pool,    // hashes a password: a flood of those must not keep all others waiting
    target_pool,      // asks targets, whose answers may be a lot of work: all others come first
    operations_pool,  // asks the store and the queue, never a target: answered while all others wait
    io_thread,        // answers from memory at once, even when the pool is full
};

// What requests of an address are counted together.
enum class Traffic { ordinary, credentials, operations };

// How a request tells the database it is about; an API key that is bound to some databases is held to it.
enum class Reach {
    nothing,   // no database at all
    path,      // the parameter `:id` or `:database_id` is one
    body,      // the field `database_id` of the body
    index,     // that of the definition `:id`
    sync,      // that of the sync `:sync_id`
    listed,    // many: the controller shows those that the caller may see
    unbounded  // all of them, or one that is new: nothing for a bound key
};

// What a request may carry beside its path; the rest of what it carries is refused.
enum class Input { nothing, body, parameters };

// How it is accounted for in the audit log.
enum class Record {
    announced,      // before and after the change: see app/audit_log.hpp
    afterwards,     // its outcome alone: what it gives is held back until that is written
    refusals_alone  // afterwards, and not even that when all went well
};

struct Route {
    Method method;
    std::string_view pattern;  // "/databases/:id"
    std::string_view name;     // the OpenAPI operationId
    Need need;
    Handler handler;
    Reach reach = Reach::unbounded;  // where it is not said, bound keys are kept out
    std::string_view action{};       // of app::audit_actions; empty: it changes nothing
    Record record = Record::announced;
    Input input = method == Method::post || method == Method::put ? Input::body : Input::nothing;
    Mount mount = Mount::base;
    Where where = Where::pool;
    Traffic traffic = mount == Mount::root ? Traffic::operations : Traffic::ordinary;
};

[[nodiscard]] std::span<const Route> routes();

}  // namespace mim::http
