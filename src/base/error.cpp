#include "base/error.hpp"

namespace mim {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input:
            return "invalid_input";
        case ErrorCode::malformed_body:
            return "malformed_body";
        case ErrorCode::unsupported_media:
            return "unsupported_media";
        case ErrorCode::body_too_large:
            return "body_too_large";
        case ErrorCode::wrong_credentials:
            return "wrong_credentials";
        case ErrorCode::token_required:
            return "token_required";
        case ErrorCode::token_malformed:
            return "token_malformed";
        case ErrorCode::token_wrong:
            return "token_wrong";
        case ErrorCode::token_revoked:
            return "token_revoked";
        case ErrorCode::forbidden:
            return "forbidden";
        case ErrorCode::account_disabled:
            return "account_disabled";
        case ErrorCode::registration_refused:
            return "registration_refused";
        case ErrorCode::protected_database:
            return "protected_database";
        case ErrorCode::rate_limited:
            return "rate_limited";
        case ErrorCode::locked_out:
            return "locked_out";
        case ErrorCode::too_many_syncs:
            return "too_many_syncs";
        case ErrorCode::not_found:
            return "not_found";
        case ErrorCode::url_not_found:
            return "url_not_found";
        case ErrorCode::method_not_allowed:
            return "method_not_allowed";
        case ErrorCode::already_exists:
            return "already_exists";
        case ErrorCode::sync_active:
            return "sync_active";
        case ErrorCode::plan_changed:
            return "plan_changed";
        case ErrorCode::collection_in_use:
            return "collection_in_use";
        case ErrorCode::not_allowed_in_state:
            return "not_allowed_in_state";
        case ErrorCode::last_admin:
            return "last_admin";
        case ErrorCode::target_unreachable:
            return "target_unreachable";
        case ErrorCode::target_authentication:
            return "target_authentication";
        case ErrorCode::target_not_authorised:
            return "target_not_authorised";
        case ErrorCode::target_timeout:
            return "target_timeout";
        case ErrorCode::target_refused:
            return "target_refused";
        case ErrorCode::target_outcome_unknown:
            return "target_outcome_unknown";
        case ErrorCode::secret_unreadable:
            return "secret_unreadable";
        case ErrorCode::target_paused:
            return "target_paused";
        case ErrorCode::target_not_allowed:
            return "target_not_allowed";
        case ErrorCode::lease_lost:
            return "lease_lost";
        case ErrorCode::cancelled:
            return "cancelled";
        case ErrorCode::not_ready:
            return "not_ready";
        case ErrorCode::store_failed:
            return "store_failed";
        case ErrorCode::audit_incomplete:
            return "audit_incomplete";
        case ErrorCode::internal:
            return "internal";
    }
    return "internal";
}

Error::Error(std::vector<FieldError> bad_fields)
    : code(ErrorCode::invalid_input), message("Field wrong type"), fields(std::move(bad_fields)) {}

Error invalid_field(std::string path, std::string reason) {
    return Error{{FieldError{std::move(path), std::move(reason)}}};
}

}  // namespace mim
