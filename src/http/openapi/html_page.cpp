#include "http/openapi/html_page.hpp"

#include <string_view>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "http/openapi/html_fields.hpp"

namespace mim::http {
namespace {

namespace json = boost::json;

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2024}"
    "h2{margin-top:3rem;border-bottom:1px solid #d0d4d9}code,pre{font:14px/1.45 ui-monospace,monospace}"
    "pre{background:#f4f5f7;padding:.7rem;overflow:auto;border-radius:4px}table{border-collapse:collapse}"
    "td,th{text-align:left;vertical-align:top;padding:.15rem .8rem .15rem 0}"
    ".method{display:inline-block;min-width:4.5rem;font-weight:600}.need{color:#5b636d}"
    "@media(prefers-color-scheme:dark){body{background:#16181b;color:#e6e8ea}pre{background:#22262b}"
    "h2{border-color:#3a4047}.need{color:#9aa3ad}a{color:#8ab4f8}}";

void append_content(std::string& page, const json::object& document, const json::object& holder,
                    bool with_fields) {
    const json::value* content = holder.if_contains("content");
    if (content == nullptr) return;
    for (const auto& [type, media_value] : content->as_object()) {
        const json::object& media = media_value.as_object();
        const json::value* schema = media.if_contains("schema");
        if (with_fields && schema != nullptr) append_field_tables(page, document, schema->as_object());
        const json::value* example = media.if_contains("example");
        if (example == nullptr) continue;
        const std::string text =
            example->is_string() ? std::string(example->get_string()) : json::serialize(*example);
        page += "<pre>" + html_escaped(text) + "</pre>";
    }
}

void append_responses(std::string& page, const json::object& document, const json::object& operation) {
    std::string errors;
    for (const auto& [status, value] : operation.at("responses").as_object()) {
        const json::object& response = resolved(document, value.as_object());
        const std::string line =
            "<b>" + html_escaped(status) + "</b> " + html_text_of(response, "description");
        if (!status.starts_with("2")) {
            errors += "<br>" + line;
            continue;
        }
        page += "<p>" + line + "</p>";
        append_content(page, document, response, false);
    }
    if (!errors.empty()) page += "<p class=need>" + errors.substr(4) + "</p>";
}

void append_operation(std::string& page, const json::object& document, std::string_view method,
                      std::string_view path, const json::object& operation) {
    std::string upper(method);
    for (char& letter : upper) letter = static_cast<char>(letter - 'a' + 'A');
    const std::string id = html_text_of(operation, "operationId");
    page += "<h3 id=\"" + id + "\"><span class=method>" + upper + "</span> <code>" + html_escaped(path) +
            "</code></h3>";
    page += "<p>" + html_text_of(operation, "summary") +
            " <span class=need>(needs: " + html_text_of(operation, "x-need") + ")</span></p>";
    if (const std::string more = html_text_of(operation, "description"); !more.empty())
        page += "<p>" + more + "</p>";
    append_parameter_table(page, document, operation);
    if (const json::value* body = operation.if_contains("requestBody")) {
        append_content(page, document, body->as_object(), true);
    }
    append_responses(page, document, operation);
}

void append_security(std::string& page, const json::object& document) {
    page +=
        "<h2>Who is calling</h2><p>A call that needs it has the header <code>Authorization: Bearer "
        "&lt;token&gt;</code>, with one of these:</p><table><tr><th>Name<th>Scheme<th>Meaning</tr>";
    for (const auto& [name, value] : document.at("components").at("securitySchemes").as_object()) {
        const json::object& scheme = value.as_object();
        page += "<tr><td><code>" + html_escaped(name) + "</code><td>" + html_text_of(scheme, "scheme");
        page += "<td>" + html_text_of(scheme, "description") + "</tr>";
    }
    page += "</table>";
}

}  // namespace

std::string html_page(const json::object& document) {
    const json::object& info = document.at("info").as_object();
    std::string page = "<!doctype html><html lang=en><meta charset=utf-8>";
    page += "<meta name=viewport content=\"width=device-width\"><title>" + html_text_of(info, "title") +
            "</title><style>";
    page.append(style);
    page += "</style><h1>" + html_text_of(info, "title") + "</h1><p>" + html_text_of(info, "description") +
            "</p><p>Machine-readable: <a href=\"/openapi.json\">openapi.json</a>. Base paths:";
    for (const json::value& server : document.at("servers").as_array()) {
        page += " <code>" + html_text_of(server.as_object(), "url") + "</code>";
    }
    page += "</p>";
    append_security(page, document);
    std::string tag;
    for (const auto& [path, methods] : document.at("paths").as_object()) {
        for (const auto& [method, value] : methods.as_object()) {
            if (!value.is_object()) continue;
            const json::object& operation = value.as_object();
            const std::string group = html_escaped(operation.at("tags").as_array().at(0).as_string());
            if (group != tag) page += "<h2>" + group + "</h2>";
            tag = group;
            append_operation(page, document, method, path, operation);
        }
    }
    return page + "</html>\n";
}

}  // namespace mim::http
