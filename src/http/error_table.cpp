#include "http/error_table.hpp"

#include <algorithm>
#include <array>

#include "http/json_writer.hpp"

namespace mim::http {
namespace {

// The number is the status times 100 plus a counter. A number once given is never given to another cause.
constexpr std::array rows{
    ErrorRow{ErrorCode::invalid_input, 400, 40000, Wording::own, "Field wrong type"},
    ErrorRow{ErrorCode::malformed_body, 400, 40001, Wording::own, "The body is not valid JSON"},
    ErrorRow{ErrorCode::wrong_credentials, 400, 40002, Wording::fixed, "Wrong credentials"},
    ErrorRow{ErrorCode::token_required, 401, 40100, Wording::fixed, "Token is required"},
    ErrorRow{ErrorCode::token_malformed, 401, 40101, Wording::fixed, "Token is wrong format"},
    ErrorRow{ErrorCode::token_wrong, 401, 40102, Wording::fixed, "Token is wrong"},
    ErrorRow{ErrorCode::token_revoked, 401, 40103, Wording::fixed, "Token is revoked"},
    ErrorRow{ErrorCode::forbidden, 403, 40300, Wording::own, "Your role does not allow this"},
    ErrorRow{ErrorCode::account_disabled, 403, 40301, Wording::fixed, "Account is disabled"},
    ErrorRow{ErrorCode::registration_refused, 403, 40302, Wording::own, "Registration is closed"},
    ErrorRow{ErrorCode::protected_database, 403, 40303, Wording::own, "The database is protected"},
    ErrorRow{ErrorCode::not_found, 404, 40400, Wording::fixed, "Resource not found"},
    ErrorRow{ErrorCode::url_not_found, 404, 40401, Wording::fixed, "URL not found"},
    ErrorRow{ErrorCode::method_not_allowed, 404, 40402, Wording::fixed, "URL not found"},
    ErrorRow{ErrorCode::already_exists, 409, 40900, Wording::fixed, "Resource conflict"},
    ErrorRow{ErrorCode::sync_active, 409, 40901, Wording::fixed, "Resource conflict"},
    ErrorRow{ErrorCode::plan_changed, 409, 40902, Wording::fixed, "Resource conflict"},
    ErrorRow{ErrorCode::collection_in_use, 409, 40903, Wording::fixed, "Resource conflict"},
    ErrorRow{ErrorCode::not_allowed_in_state, 409, 40904, Wording::fixed, "Resource conflict"},
    ErrorRow{ErrorCode::cancelled, 409, 40905, Wording::fixed, "Resource conflict"},
    ErrorRow{ErrorCode::last_admin, 409, 40906, Wording::fixed, "Resource conflict"},
    ErrorRow{ErrorCode::target_unreachable, 412, 41200, Wording::own,
             "The target database cannot be reached"},
    ErrorRow{ErrorCode::target_authentication, 412, 41201, Wording::own,
             "The target database refused the credentials"},
    ErrorRow{ErrorCode::target_not_authorised, 412, 41202, Wording::own,
             "The target database's user lacks a privilege"},
    ErrorRow{ErrorCode::target_timeout, 412, 41203, Wording::own,
             "The target database did not answer in time"},
    ErrorRow{ErrorCode::target_refused, 412, 41204, Wording::own, "The target database refused the command"},
    ErrorRow{ErrorCode::target_outcome_unknown, 412, 41205, Wording::own,
             "The connection to the target database broke: whether the command took effect is not known"},
    ErrorRow{ErrorCode::target_paused, 412, 41206, Wording::own,
             "The target database failed a moment ago and is left alone for a short while"},
    ErrorRow{ErrorCode::target_not_allowed, 412, 41207, Wording::own,
             "This service may not connect to the target database"},
    ErrorRow{ErrorCode::target_too_large, 412, 41208, Wording::own,
             "The target database answers more than one call may hold"},
    ErrorRow{ErrorCode::body_too_large, 413, 41300, Wording::own, "The body is too large"},
    ErrorRow{ErrorCode::unsupported_media, 415, 41500, Wording::fixed,
             "The body must be JSON, sent as Content-Type: application/json"},
    ErrorRow{ErrorCode::rate_limited, 429, 42900, Wording::own, "Too many requests"},
    ErrorRow{ErrorCode::locked_out, 429, 42901, Wording::own, "Too many wrong passwords: try again later"},
    ErrorRow{ErrorCode::too_many_syncs, 429, 42902, Wording::own, "Too many syncs are pending or running"},
    ErrorRow{ErrorCode::internal, 500, 50000, Wording::fixed, "Internal error"},
    ErrorRow{ErrorCode::store_failed, 500, 50001, Wording::fixed, "The store failed"},
    ErrorRow{ErrorCode::lease_lost, 500, 50002, Wording::fixed, "Internal error"},
    ErrorRow{ErrorCode::audit_incomplete, 500, 50003, Wording::fixed,
             "The change was made, but the audit log could not be told of its outcome"},
    ErrorRow{ErrorCode::secret_unreadable, 500, 50004, Wording::own,
             "The connection string of this database cannot be read"},
    ErrorRow{ErrorCode::not_ready, 503, 50300, Wording::own, "Not ready: try again"},
};

static_assert(std::ranges::all_of(error_facts,
                                  [](const ErrorFacts& facts) {
                                      return std::ranges::find(rows, facts.code, &ErrorRow::code) !=
                                             rows.end();
                                  }),
              "each cause leaves by a row of its own");

constexpr std::array transport{
    TransportRow{TransportFault::malformed_request, 400, 40003, "The request is not valid HTTP"},
    TransportRow{TransportFault::header_too_large, 431, 43100, "The request's header is too large"},
};

std::string own_words(const Error& error, const ErrorRow& row) {
    std::string words(error.message.empty() ? row.text : std::string_view(error.message));
    if (!error.server) return words;
    return words + " (" + std::to_string(error.server->code) + " " + error.server->name + ": " +
           error.server->message + ")";
}

// The first reason stands when a field has several.
void write_fields(JsonWriter& json, const std::vector<FieldError>& fields) {
    json.begin_object();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const auto same = [&](const FieldError& other) { return other.path == field->path; };
        if (std::find_if(fields.begin(), field, same) == field) json.field(field->path, field->reason);
    }
    json.end_object();
}

// What a fixed text hides but may be said: which resource, which field.
std::string detail_of(const Error& error, const ErrorRow& row) {
    if (row.wording != Wording::fixed || row.status >= 500) return {};
    std::string detail;
    for (const FieldError& field : error.fields) {
        detail += (detail.empty() ? "" : "; ") + field.path + ": " + field.reason;
    }
    // Why a token is refused helps a forger: only what stands in a field is for the caller.
    if (detail.empty() && error.message != row.text && row.status != 401) detail = error.message;
    return detail;
}

}  // namespace

std::span<const ErrorRow> error_rows() {
    return rows;
}
std::span<const TransportRow> transport_rows() {
    return transport;
}

const ErrorRow& row_of(ErrorCode code) {
    const auto row = std::ranges::find(rows, code, &ErrorRow::code);
    return row != rows.end() ? *row : row_of(ErrorCode::internal);
}

Response error_response(const Error& error, std::string_view request_id) {
    const ErrorRow& row = row_of(error.code);
    Response response;
    response.status = row.status;
    JsonWriter json(response.body);
    json.begin_object().field("status_code", row.status).field("error_code", row.number).key("error");
    if (row.wording == Wording::fixed) {
        json.value(row.text);
    } else if (!error.fields.empty()) {
        write_fields(json, error.fields);
    } else {
        json.value(own_words(error, row));
    }
    if (const std::string detail = detail_of(error, row); !detail.empty()) json.field("detail", detail);
    json.field("request_id", request_id).end_object();
    if (row.status == 429 || row.status == 503) {
        const auto wait = std::max<std::int64_t>(error.retry_after.count(), 1);
        response.headers.push_back({"Retry-After", std::to_string(wait)});
    }
    return response;
}

Response error_response(TransportFault fault, std::string_view request_id) {
    const auto row = std::ranges::find(transport, fault, &TransportRow::fault);
    Response response;
    response.status = row->status;
    JsonWriter json(response.body);
    json.begin_object()
        .field("status_code", row->status)
        .field("error_code", row->number)
        .field("error", row->text);
    json.field("request_id", request_id).end_object();
    return response;
}

}  // namespace mim::http
