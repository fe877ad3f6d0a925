#include "http/net/exchange_trace.hpp"

namespace mim::http {
namespace {

constexpr unsigned first_server_error = 500;

}  // namespace

std::unique_ptr<trace::Transaction> begin_trace(const trace::Tracer& tracer, std::string_view traceparent,
                                                std::string_view tracestate, SteadyTime arrived) {
    return tracer.begin_request(trace::parse_trace_context(traceparent, tracestate), arrived);
}

void show_trace(const trace::Transaction* transaction, Response& response) {
    if (transaction != nullptr) response.headers.push_back({"traceresponse", transaction->context()});
}

void end_trace(std::unique_ptr<trace::Transaction> transaction, const Request& request,
               std::string_view pattern, unsigned status) {
    if (!transaction) return;
    const std::string_view method = to_string(request.method);
    const std::string_view route = pattern == "-" ? std::string_view("unknown route") : pattern;
    transaction->name(std::string(method).append(" ").append(route));
    const auto outcome = status >= first_server_error ? trace::Outcome::failure : trace::Outcome::success;
    transaction->end_as(outcome, "HTTP " + std::to_string(status / 100) + "xx");
    transaction->answered(method, status, request.caller ? request.caller->user.text() : std::string());
    transaction->label("request_id", request.id);
}

}  // namespace mim::http
