#include <algorithm>
#include <map>
#include <set>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "http/error_table.hpp"
#include "http/openapi/documents.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

namespace json = boost::json;

const json::object& document() {
    static const json::value parsed = json::parse(openapi_source());
    return parsed.as_object();
}

// "/databases/:id" → "/databases/{id}"
std::string templated(std::string_view pattern) {
    std::string path;
    bool in_parameter = false;
    for (const char letter : pattern) {
        if (letter == '/' && in_parameter) path += '}';
        if (letter == '/') in_parameter = false;
        path += letter == ':' ? '{' : letter;
        in_parameter = in_parameter || letter == ':';
    }
    return in_parameter ? path + '}' : path;
}

std::string lower(std::string_view method) {
    std::string text;
    for (const char letter : method) text += static_cast<char>(letter - 'A' + 'a');
    return text;
}

struct Described {
    std::string need;
    std::string name;
    bool at_root = false;
    friend bool operator==(const Described&, const Described&) = default;
};

std::ostream& operator<<(std::ostream& out, const Described& what) {
    return out << what.name << " needs " << what.need << (what.at_root ? " at the root" : "");
}

TEST(OpenApi, describes_exactly_the_routes) {
    std::map<std::string, Described> served, described;
    for (const Route& route : routes()) {
        served[lower(to_string(route.method)) + " " + templated(route.pattern)] = {
            std::string(to_string(route.need)), std::string(route.name), route.mount == Mount::root};
    }
    for (const auto& [path, methods] : document().at("paths").as_object()) {
        for (const auto& [method, value] : methods.as_object()) {
            const json::object& operation = value.as_object();
            described[std::string(method) + " " + std::string(path)] = {
                std::string(operation.at("x-need").as_string()),
                std::string(operation.at("operationId").as_string()), operation.contains("servers")};
        }
    }
    EXPECT_EQ(served, described);
    EXPECT_EQ(served.size(), routes().size());
}

bool has_query_parameters(const json::object& operation) {
    const json::value* parameters = operation.if_contains("parameters");
    if (parameters == nullptr) return false;
    return std::ranges::any_of(parameters->as_array(),
                               [](const json::value& one) { return one.at("in").as_string() == "query"; });
}

TEST(OpenApi, describes_bodies_and_parameters_exactly_where_they_are_read) {
    for (const Route& route : routes()) {
        const json::object& operation = document()
                                            .at("paths")
                                            .at(templated(route.pattern))
                                            .at(lower(to_string(route.method)))
                                            .as_object();
        EXPECT_EQ(operation.contains("requestBody"), route.input == Input::body) << route.name;
        EXPECT_EQ(has_query_parameters(operation), route.input == Input::parameters) << route.name;
    }
}

void collect_references(const json::value& value, std::set<std::string>& found) {
    if (value.is_array()) {
        for (const json::value& item : value.get_array()) collect_references(item, found);
    }
    if (!value.is_object()) return;
    for (const auto& [name, member] : value.get_object()) {
        if (name == "$ref") found.emplace(member.as_string());
        collect_references(member, found);
    }
}

TEST(OpenApi, refers_to_what_is_there_and_has_nothing_unused) {
    std::set<std::string> used, defined;
    collect_references(document(), used);
    for (const char* kind : {"schemas", "responses"}) {
        for (const auto& [name, value] : document().at("components").at(kind).as_object()) {
            defined.insert(std::string("#/components/") + kind + "/" + std::string(name));
        }
    }
    EXPECT_EQ(used, defined);
}

TEST(OpenApi, every_json_body_and_answer_has_schema_and_example) {
    for (const auto& [path, methods] : document().at("paths").as_object()) {
        for (const auto& [method, value] : methods.as_object()) {
            const json::object& operation = value.as_object();
            if (const json::value* body = operation.if_contains("requestBody")) {
                EXPECT_TRUE(body->at("content").at("application/json").as_object().contains("example"))
                    << path;
            }
            const bool created = operation.at("responses").as_object().contains("201");
            const json::value& content = operation.at("responses").at(created ? "201" : "200").at("content");
            for (const auto& [type, media] : content.as_object()) {
                EXPECT_TRUE(media.as_object().contains("schema")) << path << " " << type;
            }
        }
    }
}

TEST(OpenApi, error_statuses_are_those_of_the_table) {
    std::set<std::string> known;
    for (const ErrorRow& row : error_rows()) known.insert(std::to_string(row.status));
    for (const auto& [path, methods] : document().at("paths").as_object()) {
        for (const auto& [method, value] : methods.as_object()) {
            for (const auto& [status, response] : value.at("responses").as_object()) {
                EXPECT_TRUE(status.starts_with('2') || known.contains(std::string(status))) << path;
            }
        }
    }
}

TEST(Documents, carry_the_servers_base_paths) {
    const Documents made = render_documents({"/v9", "/other"});
    const json::value parsed = json::parse(made.openapi);
    EXPECT_EQ(parsed.at("servers").as_array().size(), 2U);
    EXPECT_EQ(parsed.at("servers").at(0).at("url").as_string(), "/v9");
    EXPECT_NE(made.page.find("<code>/v9</code>"), std::string::npos);
}

TEST(Documents, the_page_shows_fields_at_every_depth_with_kinds_and_defaults) {
    const std::string page = render_documents({"/api/v1"}).page;
    for (const char* text :
         {"Fields of <code>options</code>", "Fields of <code>options.collation</code>",
          "Fields of <code>keys[]</code>", "<code>is_unique</code><td>boolean or null", "Default: false",
          "<code>partialFilterExpression</code>", "<code>numeric_ordering</code>",
          "<code>option_changed</code>", "Authorization: Bearer", "<code>apiKey</code><td>bearer",
          "<th>Parameter", "comparison: creates what is missing"}) {
        EXPECT_NE(page.find(text), std::string::npos) << text;
    }
}

TEST(Documents, the_page_shows_every_route_and_loads_nothing) {
    const Documents made = render_documents({"/api/v1"});
    for (const Route& route : routes()) {
        EXPECT_NE(made.page.find("id=\"" + std::string(route.name) + "\""), std::string::npos) << route.name;
    }
    for (const char* outside : {"<script", "<link", "src=", "@import", "url("}) {
        EXPECT_EQ(made.page.find(outside), std::string::npos) << outside;
    }
}

}  // namespace
}  // namespace mim::http
