// The one error type. A code for machines, a text for people, and what caused it.
// Texts never hold a secret: whoever builds an Error from foreign text redacts it first.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mim {

// Every cause a caller can tell apart. http/ maps each to a status and a stable number; docs/errors.md lists
// them.
enum class ErrorCode {
    // the caller's input
    invalid_input,      // `fields` names every bad field
    malformed_body,     // not JSON at all
    unsupported_media,  // a body that does not claim to be JSON
    body_too_large,
    wrong_credentials,
    // who the caller is
    token_required,
    token_malformed,
    token_wrong,
    token_revoked,
    forbidden,
    account_disabled,
    registration_refused,  // the policy lets nobody, or only the invited, register
    protected_database,    // what would be done to it takes an administrator
    rate_limited,          // too many requests: `retry_after`
    locked_out,            // too many wrong passwords: `retry_after`
    too_many_syncs,        // pending or running, over all databases
    // the resource
    not_found,
    url_not_found,
    method_not_allowed,
    already_exists,        // a unique name or identity is taken
    sync_active,           // a sync of this database is pending or running
    plan_changed,          // the fingerprint no longer describes the plan
    collection_in_use,     // the collection holds documents and the deletion was not confirmed
    not_allowed_in_state,  // e.g. cancel of a finished sync
    last_admin,            // nobody would be left to administer
    // the target deployment
    target_unreachable,
    target_authentication,
    target_not_authorised,
    target_timeout,
    target_refused,          // it answered with an error: see `server`
    target_outcome_unknown,  // the connection broke after the command was sent: list again before you judge
    target_paused,           // not even tried: it failed a moment ago, see docs/targets.md
    target_not_allowed,      // the policy of this service keeps it from connecting there
    // this service
    secret_unreadable,  // a connection string sealed by a key that is not here, or damaged
    lease_lost,         // another worker owns the job now: stop, write nothing
    cancelled,
    not_ready,
    store_failed,
    audit_incomplete,  // done, but its outcome is not in the audit log: there it will stand as unknown
    internal,
};

[[nodiscard]] std::string_view to_string(ErrorCode code);

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
