#include <algorithm>

#include "base/ascii.hpp"
#include "http/body.hpp"
#include "http/envelope.hpp"
#include "http/query.hpp"
#include "http/route.hpp"
#include "http/views/audit_views.hpp"

namespace mim::http {
namespace {

constexpr std::string_view line_by_line = "application/x-ndjson";

bool is_an_action(const std::string& text) {
    return std::ranges::find(app::audit_actions, text) != app::audit_actions.end();
}

// The fields of a body and the parameters of a URL have the same names and the same words.
template <class Source>
app::AuditQuery read_query(Source& source, std::optional<DatabaseId> database, std::optional<Timestamp> from,
                           std::optional<Timestamp> to,
                           std::optional<std::string> (*text_of)(Source&, std::string_view)) {
    app::AuditQuery query;
    query.filter.database = std::move(database);
    query.filter.from = from;
    query.filter.to = to;
    query.user = text_of(source, "user");
    query.filter.action = text_of(source, "action");
    if (query.filter.action && !is_an_action(*query.filter.action))
        source.complain("action", "There is no such action: the documentation lists them");
    if (const auto outcome = text_of(source, "outcome")) {
        query.filter.outcome = app::parse_audit_outcome(*outcome);
        if (!query.filter.outcome)
            source.complain("outcome", "Must be one of: done, refused, failed, unknown");
    }
    return query;
}

std::optional<std::string> field_text(ObjectReader& fields, std::string_view name) {
    return fields.optional_string(name);
}
std::optional<std::string> parameter_text(QueryReader& parameters, std::string_view name) {
    return parameters.text(name);
}

std::optional<Timestamp> time_field(ObjectReader& fields, std::string_view name) {
    const auto text = fields.optional_string(name, takes::time);
    if (!text) return std::nullopt;
    const auto time = parse_rfc3339(*text);
    if (!time) fields.complain(name, "Must be a time like 2026-01-31T09:05:00Z");
    return time;
}

std::optional<DatabaseId> database_field(ObjectReader& fields) {
    const auto text = fields.optional_string("database_id", takes::id);
    if (!text) return std::nullopt;
    auto id = DatabaseId::parse(*text);
    if (!id)
        fields.refuse_kind("database_id", takes::id, text->empty() ? "an empty string" : "another string");
    return id;
}

std::string text_of_place(const app::AuditPlace& place) {
    return std::to_string(place.at.time_since_epoch().count()) + "-" + place.id.text();
}

std::optional<app::AuditPlace> read_place_after(QueryReader& parameters) {
    const auto text = parameters.text("after");
    if (!text) return std::nullopt;
    const std::size_t dash = text->find('-');
    const auto id = AuditEntryId::parse(dash == std::string::npos ? "" : text->substr(dash + 1));
    const auto ticks = text->substr(0, dash);
    const bool whole = ascii::is_digits(ticks) && ticks.size() < 19;
    if (id && whole) return app::AuditPlace{Timestamp{std::chrono::milliseconds{std::stoll(ticks)}}, *id};
    parameters.complain("after", "Must be the X-Next-After of an earlier answer");
    return std::nullopt;
}

}  // namespace

Result<Response> list_audit(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    auto database = database_field(fields);
    const auto from = time_field(fields, "from");
    const auto to = time_field(fields, "to");
    const app::AuditQuery query = read_query(fields, std::move(database), from, to, field_text);
    const app::PageRequest page = read_page(fields);
    MIM_CHECK(body.verdict());
    MIM_TRY(found, context.api.use_cases.audit.list(query, page));
    return answer_page(found, write_audit_entry);
}

// One entry a line, oldest first, in parts: each tells where the next begins.
Result<Response> export_audit(const Context& context, const Request& request) {
    QueryReader parameters(request);
    auto database = parameters.id<DatabaseId>("database_id");
    const auto from = parameters.time("from");
    const auto to = parameters.time("to");
    const app::AuditQuery query = read_query(parameters, std::move(database), from, to, parameter_text);
    const auto after = read_place_after(parameters);
    constexpr auto most = static_cast<std::int64_t>(app::AuditLog::most_exported);
    const auto limit = parameters.number("limit", {.least = 1, .greatest = most}).value_or(most);
    MIM_CHECK(parameters.verdict());
    MIM_TRY(part, context.api.use_cases.audit.read(query, after, static_cast<std::size_t>(limit)));
    Response response;
    response.content_type = line_by_line;
    for (const app::AuditEntry& entry : part.entries) {
        JsonWriter json(response.body);
        write_audit_entry(json, entry);
        response.body += '\n';
    }
    if (part.next) response.headers.push_back({"X-Next-After", text_of_place(*part.next)});
    return response;
}

}  // namespace mim::http
