#include "http/authentication.hpp"

#include <algorithm>

namespace mim::http {
namespace {

constexpr std::string_view scheme = "bearer";

bool same_letters(char left, char right) {
    return left == right || (left >= 'A' && left <= 'Z' && left + 32 == right);
}

// A key acts for its owner on databases and indexes, nowhere else.
Done permit_key(Need need, app::Role role) {
    if (need == Need::account || need == Need::administer)
        return Error{ErrorCode::forbidden, "An API key cannot do this: sign in"};
    if (need != Need::write || role != app::Role::viewer) return {};
    return Error{ErrorCode::forbidden, "This API key may only read"};
}

}  // namespace

Result<std::string_view> bearer_token(std::string_view authorization) {
    if (authorization.empty()) return Error{ErrorCode::token_required, "Token is required"};
    const std::string_view given = authorization.substr(0, scheme.size());
    std::string_view token = authorization.substr(given.size());
    const std::size_t start = token.find_first_not_of(' ');
    if (!std::ranges::equal(given, scheme, same_letters) || start == 0) {
        return Error{ErrorCode::token_malformed, "Token is wrong format"};
    }
    if (start == std::string_view::npos) return Error{ErrorCode::token_required, "Token is required"};
    token.remove_prefix(start);
    if (std::ranges::any_of(token, [](char c) { return c == ' ' || c == '\t' || c == ','; })) {
        return Error{ErrorCode::token_malformed, "Token is wrong format"};
    }
    return token;
}

Done permit(Need need, const app::Caller& caller) {
    if (caller.key != nullptr) return permit_key(need, caller.role);
    const std::string yours = "Your role (" + std::string(app::to_string(caller.role)) + ") ";
    if (need == Need::write && caller.role == app::Role::viewer)
        return Error{ErrorCode::forbidden, yours + "may only read: ask an administrator"};
    if (need == Need::administer && caller.role != app::Role::admin)
        return Error{ErrorCode::forbidden, yours + "does not allow this: it takes an administrator"};
    return {};
}

}  // namespace mim::http
