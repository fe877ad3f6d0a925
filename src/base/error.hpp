// The one error type. A code for machines, a text for people, and what caused it.
// Texts never hold a secret: whoever builds an Error from foreign text redacts it first.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error_code.hpp"

namespace mim {

// One bad field of the input: `path` as the caller wrote it (`keys[1].value`), `reason` with the remedy.
struct FieldError {
    std::string path;
    std::string reason;
    friend bool operator==(const FieldError&, const FieldError&) = default;
};

// What a MongoDB server answered, in its own words.
struct ServerReply {
    int code = 0;
    std::string name;
    std::string message;
    friend bool operator==(const ServerReply&, const ServerReply&) = default;
};

struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    std::vector<FieldError> fields;
    std::optional<ServerReply> server;
    std::chrono::seconds retry_after{0};  // when trying again makes sense; 0 = nothing is known

    Error() = default;  // internal, without words: only what containers and results need
    Error(ErrorCode error_code, std::string text) : code(error_code), message(std::move(text)) {}
    Error(ErrorCode error_code, std::string text, ServerReply reply)
        : code(error_code), message(std::move(text)), server(std::move(reply)) {}
    Error(ErrorCode error_code, std::string text, std::chrono::seconds wait)
        : code(error_code), message(std::move(text)), retry_after(wait) {}
    // invalid_input, with its fields.
    explicit Error(std::vector<FieldError> bad_fields);
};

[[nodiscard]] Error invalid_field(std::string path, std::string reason);

}  // namespace mim
