#include "http/dispatcher.hpp"

#include "app/ports/calling_user.hpp"
#include "base/call_memory.hpp"
#include "http/access.hpp"
#include "http/auditing.hpp"
#include "http/body.hpp"
#include "http/error_table.hpp"
#include "http/media_type.hpp"
#include "http/query.hpp"
#include "http/route.hpp"
#include "trace/transaction.hpp"

namespace mim::http {
namespace {

constexpr unsigned status_no_content = 204;
constexpr unsigned first_server_error = 500;

bool takes_token(Need need) {
    return need != Need::nothing;
}

// What can be refused without asking anybody.
Done precheck(const Route& route, const Request& request) {
    if (takes_token(route.need)) MIM_CHECK(bearer_token(request.authorization));
    if (!request.body.empty() && !is_json(request.content_type)) {
        return Error{ErrorCode::unsupported_media, "not JSON"};
    }
    return {};
}

// What a route does not read would be dropped in silence: a filter that does not filter. Operations are
// asked by probes, which add what they like.
Done refuse_unread(const Route& route, const Request& request) {
    if (route.mount == Mount::root) return {};
    const Input input = route.input;
    if (input != Input::parameters) MIM_CHECK(refuse_parameters(request));
    if (input == Input::body) return {};
    MIM_TRY(body, Body::of(request));
    static_cast<void>(body.fields());
    return body.verdict();
}

Response methods_of(const Match& match) {
    Response response;
    response.status = status_no_content;
    response.headers.push_back({"Allow", match.allow});
    return response;
}

}  // namespace

Ticket Dispatcher::route(Request& request) const {
    Ticket ticket;
    Match match = router_.match(request.method, request.path);
    const Traffic traffic = match.route != nullptr ? match.route->traffic : Traffic::ordinary;
    if (const Done admitted = limits_.admit(traffic, request.remote_address, SteadyTime::clock::now());
        !admitted) {
        ticket.route = match.route;
        ticket.answer = refusal(admitted.error(), request);
        return ticket;
    }
    if (match.kind == Match::Kind::url_not_found) {
        ticket.answer = refusal(Error{ErrorCode::url_not_found, "URL not found"}, request);
        return ticket;
    }
    if (request.method == Method::options) {
        ticket.answer = methods_of(match);
        return ticket;
    }
    if (match.kind == Match::Kind::method_not_allowed) {
        ticket.answer = refusal(Error{ErrorCode::method_not_allowed, "Method not allowed"}, request);
        ticket.answer->headers.push_back({"Allow", match.allow});
        return ticket;
    }
    ticket.route = match.route;
    request.parameters = std::move(match.parameters);
    request.dialect = match.dialect;
    if (const Done passed = precheck(*match.route, request); !passed) {
        ticket.answer = refusal(passed.error(), request);
    } else if (match.route->where == Where::io_thread) {
        ticket.answer = run(*match.route, request);
    }
    return ticket;
}

Response Dispatcher::run(const Route& route, Request& request) const {
    try {
        Result<Response> answer = attempt_as_call(route, request);
        return answer ? std::move(*answer) : refusal(answer.error(), request);
    } catch (const std::exception& bug) {
        context_.log.error("http.exception",
                           {{"id", request.id}, {"route", route.pattern}, {"what", bug.what()}});
    } catch (...) {
        context_.log.error("http.exception", {{"id", request.id}, {"route", route.pattern}});
    }
    trace::note_failure("exception", route.pattern);
    return error_response(Error{ErrorCode::internal, "exception"}, request.id);
}

Result<Response> Dispatcher::attempt_as_call(const Route& route, Request& request) const {
    const CallMemory memory;
    MIM_TRY(answer, attempt(route, request));
    if (memory.cut()) return *memory.cut();
    answer.held = memory.held();
    return answer;
}

Result<Response> Dispatcher::attempt(const Route& route, Request& request) const {
    std::optional<app::CallingUser> user;
    if (takes_token(route.need) && route.need != Need::refresh_token) {
        MIM_TRY(token, bearer_token(request.authorization));
        MIM_TRY(caller, authenticate(context_.api, token));
        request.caller = std::move(caller);
        // A change of the password is limited by where it comes from: whoever spends the user's requests with
        // a stolen token must not keep the owner from it.
        if (route.traffic != Traffic::credentials)
            MIM_CHECK(limits_.admit(request.caller->user, SteadyTime::clock::now()));
        user.emplace(request.caller->user);
    }
    MIM_CHECK(refuse_unread(route, request));
    if (!route.action.empty()) return carry_out(route, request, context_);
    MIM_CHECK(admit(route, request, context_.api));
    return route.handler(context_, request);
}

Response Dispatcher::refusal(const Error& error, const Request& request) const {
    if (row_of(error.code).status >= first_server_error) {
        context_.log.error("http.error",
                           {{"id", request.id}, {"code", to_string(error.code)}, {"text", error.message}});
        trace::note_if_new(to_string(error.code), "http");
    }
    if (context_.api.observer != nullptr) {
        if (error.code == ErrorCode::locked_out) context_.api.observer->on_rejected("lockout");
        if (error.code == ErrorCode::too_many_syncs) context_.api.observer->on_rejected("syncs");
    }
    return error_response(error, request.id);
}

}  // namespace mim::http
