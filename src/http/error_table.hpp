// Every error leaves by this table: cause → HTTP status, stable number, text. docs/errors.md lists the same
// rows.
#pragma once

#include <span>
#include <string_view>

#include "base/error.hpp"
#include "http/response.hpp"

namespace mim::http {

// Whose words the caller reads.
enum class Wording {
    fixed,  // the row's text, to the letter: clients match on it, or the cause is none of the caller's
            // business
    own,    // the error's message, with the server's reply where there is one
};

struct ErrorRow {
    ErrorCode code;
    unsigned status;
    int number;
    Wording wording;
    std::string_view text;
};

[[nodiscard]] std::span<const ErrorRow> error_rows();
[[nodiscard]] const ErrorRow& row_of(ErrorCode code);

// {status_code, error_code, error, detail?, request_id}; with Retry-After when trying again makes sense.
// `error` is {field: reason} when fields are to blame.
[[nodiscard]] Response error_response(const Error& error, std::string_view request_id);

// What only the transport can meet, before there is a request that a controller could see.
enum class TransportFault { malformed_request, header_too_large };
struct TransportRow {
    TransportFault fault;
    unsigned status;
    int number;
    std::string_view text;
};
[[nodiscard]] std::span<const TransportRow> transport_rows();
[[nodiscard]] Response error_response(TransportFault fault, std::string_view request_id);

}  // namespace mim::http
