// Every cause of failure that a caller can tell apart, and what holds for each of them, in one table. How a
// cause leaves by HTTP stands in http/error_table; docs/errors.md lists it for users.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace mim {

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
    target_too_large,        // what it answers takes more memory than one call may hold
    // this service
    secret_unreadable,  // a connection string sealed by a key that is not here, or damaged
    lease_lost,         // another worker owns the job now: stop, write nothing
    cancelled,
    not_ready,
    store_failed,
    audit_incomplete,  // done, but its outcome is not in the audit log: there it will stand as unknown
    internal,
};

// What an error is about.
enum class Kind { input, access, resource, target, service };

// Whether the same call may succeed later though nobody changes anything.
enum class Lasting {
    lasts,
    passes,
    server_tells,  // by its own code: see ServerCode::lasting
};

// What the end of a call tells of the deployment that was called.
enum class Sign {
    nothing,   // it was not asked, or the error is not about it
    answered,  // it is there, whatever it said
    silent,    // it did not answer within its time
    broken,    // it could not be reached, or the connection ended half-way
};

// Whom metrics and traces count it against.
enum class Fault {
    caller,  // "no such row" and "taken" are answers of one that works
    callee,  // the target, the store or this service failed
};

// What the audit log makes of it.
enum class Audited {
    failure,
    refusal,  // somebody was told that he may not
};

struct ErrorFacts {
    ErrorCode code;
    std::string_view name;  // stable: logs, metrics and records hold it
    Kind kind;
    Lasting lasting = Lasting::lasts;
    Sign sign = Sign::nothing;
    Fault fault = Fault::caller;
    Audited audited = Audited::failure;
};

// In the order of the enumeration.
inline constexpr std::array error_facts{
    ErrorFacts{ErrorCode::invalid_input, "invalid_input", Kind::input},
    ErrorFacts{ErrorCode::malformed_body, "malformed_body", Kind::input},
    ErrorFacts{ErrorCode::unsupported_media, "unsupported_media", Kind::input},
    ErrorFacts{ErrorCode::body_too_large, "body_too_large", Kind::input},
    ErrorFacts{.code = ErrorCode::wrong_credentials,
               .name = "wrong_credentials",
               .kind = Kind::input,
               .audited = Audited::refusal},
    ErrorFacts{ErrorCode::token_required, "token_required", Kind::access},
    ErrorFacts{ErrorCode::token_malformed, "token_malformed", Kind::access},
    ErrorFacts{ErrorCode::token_wrong, "token_wrong", Kind::access},
    ErrorFacts{.code = ErrorCode::token_revoked,
               .name = "token_revoked",
               .kind = Kind::access,
               .audited = Audited::refusal},
    ErrorFacts{
        .code = ErrorCode::forbidden, .name = "forbidden", .kind = Kind::access, .audited = Audited::refusal},
    ErrorFacts{.code = ErrorCode::account_disabled,
               .name = "account_disabled",
               .kind = Kind::access,
               .audited = Audited::refusal},
    ErrorFacts{.code = ErrorCode::registration_refused,
               .name = "registration_refused",
               .kind = Kind::access,
               .audited = Audited::refusal},
    ErrorFacts{.code = ErrorCode::protected_database,
               .name = "protected_database",
               .kind = Kind::access,
               .audited = Audited::refusal},
    ErrorFacts{ErrorCode::rate_limited, "rate_limited", Kind::access},
    ErrorFacts{ErrorCode::locked_out, "locked_out", Kind::access},
    ErrorFacts{ErrorCode::too_many_syncs, "too_many_syncs", Kind::access},
    ErrorFacts{ErrorCode::not_found, "not_found", Kind::resource, Lasting::lasts, Sign::answered},
    ErrorFacts{ErrorCode::url_not_found, "url_not_found", Kind::resource},
    ErrorFacts{ErrorCode::method_not_allowed, "method_not_allowed", Kind::resource},
    ErrorFacts{ErrorCode::already_exists, "already_exists", Kind::resource, Lasting::lasts, Sign::answered},
    ErrorFacts{ErrorCode::sync_active, "sync_active", Kind::resource},
    ErrorFacts{ErrorCode::plan_changed, "plan_changed", Kind::resource},
    ErrorFacts{ErrorCode::collection_in_use, "collection_in_use", Kind::resource},
    ErrorFacts{ErrorCode::not_allowed_in_state, "not_allowed_in_state", Kind::resource},
    ErrorFacts{ErrorCode::last_admin, "last_admin", Kind::resource},
    ErrorFacts{ErrorCode::target_unreachable, "target_unreachable", Kind::target, Lasting::passes,
               Sign::broken, Fault::callee},
    ErrorFacts{ErrorCode::target_authentication, "target_authentication", Kind::target, Lasting::lasts,
               Sign::answered, Fault::callee},
    ErrorFacts{ErrorCode::target_not_authorised, "target_not_authorised", Kind::target, Lasting::lasts,
               Sign::answered, Fault::callee},
    ErrorFacts{ErrorCode::target_timeout, "target_timeout", Kind::target, Lasting::passes, Sign::silent,
               Fault::callee},
    ErrorFacts{ErrorCode::target_refused, "target_refused", Kind::target, Lasting::server_tells,
               Sign::answered, Fault::callee},
    ErrorFacts{ErrorCode::target_outcome_unknown, "target_outcome_unknown", Kind::target, Lasting::passes,
               Sign::broken, Fault::callee},
    ErrorFacts{ErrorCode::target_paused, "target_paused", Kind::target, Lasting::passes},
    ErrorFacts{ErrorCode::target_not_allowed, "target_not_allowed", Kind::target},
    ErrorFacts{ErrorCode::target_too_large, "target_too_large", Kind::target, Lasting::lasts, Sign::answered,
               Fault::callee},
    ErrorFacts{ErrorCode::secret_unreadable, "secret_unreadable", Kind::service},
    ErrorFacts{ErrorCode::lease_lost, "lease_lost", Kind::service},
    ErrorFacts{ErrorCode::cancelled, "cancelled", Kind::service},
    ErrorFacts{ErrorCode::not_ready, "not_ready", Kind::service, Lasting::passes, Sign::nothing,
               Fault::callee},
    ErrorFacts{ErrorCode::store_failed, "store_failed", Kind::service, Lasting::passes, Sign::nothing,
               Fault::callee},
    ErrorFacts{ErrorCode::audit_incomplete, "audit_incomplete", Kind::service},
    ErrorFacts{ErrorCode::internal, "internal", Kind::service, Lasting::lasts, Sign::nothing, Fault::callee},
};

[[nodiscard]] constexpr const ErrorFacts& facts_of(ErrorCode code) {
    return error_facts[static_cast<std::size_t>(code)];
}

static_assert(
    [] {
        for (std::size_t at = 0; at < error_facts.size(); ++at) {
            if (error_facts[at].code != static_cast<ErrorCode>(at)) return false;
        }
        return error_facts.back().code == ErrorCode::internal;
    }(),
    "each cause has its row, in its place");

[[nodiscard]] constexpr std::string_view to_string(ErrorCode code) {
    return facts_of(code).name;
}

// A failure of the target, or of this service, that passes by itself.
[[nodiscard]] constexpr bool passes(ErrorCode code, Kind kind) {
    return facts_of(code).kind == kind && facts_of(code).lasting == Lasting::passes;
}

}  // namespace mim
