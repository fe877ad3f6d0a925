#include "http/error_table.hpp"
#include "http/openapi/html_page.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

constexpr std::string_view plain_text = "text/plain; charset=utf-8";
constexpr unsigned status_unavailable = 503;

Response text_response(std::string text, std::string_view type = plain_text) {
    Response response;
    response.content_type = type;
    response.body = std::move(text);
    return response;
}

}  // namespace

Result<Response> health(const Context&, const Request&) {
    return text_response("ok\n");
}

Result<Response> readiness(const Context& context, const Request&) {
    Response response = text_response("");
    for (const ReadinessCheck& check : context.api.readiness) {
        const Done state = check.check();
        if (state) {
            response.body += check.name + ": ok\n";
            continue;
        }
        const std::string_view code = to_string(state.error().code);
        response.status = status_unavailable;
        response.body += check.name + ": down (" + std::string(code) + ")\n";
        context.log.warning("http.not_ready",
                            {{"check", check.name}, {"code", code}, {"text", state.error().message}});
    }
    return response;
}

Result<Response> metrics(const Context& context, const Request&) {
    return text_response(context.api.metrics ? context.api.metrics() : std::string(),
                         "text/plain; version=0.0.4; charset=utf-8");
}

Result<Response> openapi(const Context& context, const Request&) {
    return text_response(context.documents.openapi, json_type);
}

Result<Response> docs(const Context& context, const Request&) {
    Response response = text_response(context.documents.page, "text/html; charset=utf-8");
    response.content_security_policy = html_page_policy;
    return response;
}

}  // namespace mim::http
