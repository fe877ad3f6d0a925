#include "app/credential_rules.hpp"

#include <algorithm>

#include "app/text_rules.hpp"

namespace mim::app {
namespace {

using Fields = std::vector<FieldError>;

constexpr TextLimits username_limits{1, 64};
constexpr TextLimits email_limits{3, 254};
constexpr TextLimits person_name_limits{0, 200};
constexpr TextLimits avatar_limits{0, 2048};

// Of any width.
bool holds_at_sign(std::string_view username) {
    constexpr std::string_view at_signs[] = {"@", "\uFE6B", "\uFF20"};
    return std::ranges::any_of(
        at_signs, [username](const auto sign) { return username.find(sign) != std::string_view::npos; });
}

void check_username(Fields& bad, const std::string& username) {
    const std::size_t before = bad.size();
    require_text(bad, "username", username, username_limits);
    // An identity with an @ is an email, one without is a name: nobody can be taken for somebody else.
    if (bad.size() == before && holds_at_sign(username)) {
        bad.push_back({"username", "must not hold '@'"});
    }
}

bool looks_like_email(std::string_view email) {
    const std::size_t at = email.find('@');
    if (at == std::string_view::npos || at == 0 || email.find('@', at + 1) != std::string_view::npos)
        return false;
    if (email.find_first_of(" ,;<>\"") != std::string_view::npos) return false;
    const std::string_view domain = email.substr(at + 1);
    return !domain.empty() && domain.front() != '.' && domain.back() != '.' &&
           domain.find("..") == std::string_view::npos;
}

void check_email(Fields& bad, const std::string& email) {
    const std::size_t before = bad.size();
    require_text(bad, "email", email, email_limits);
    if (bad.size() == before && !looks_like_email(email))
        bad.push_back({"email", "must be an email address"});
}

void check_password(Fields& bad, std::string_view field, const Secret& password) {
    const std::size_t length = password.reveal().size();
    if (length >= min_password_length && length <= max_password_length) return;
    bad.push_back({std::string(field), "must have " + std::to_string(min_password_length) + " to " +
                                           std::to_string(max_password_length) + " characters"});
}

}  // namespace

Done check_registration(const Registration& registration) {
    Fields bad;
    check_username(bad, registration.username);
    check_email(bad, registration.email);
    check_password(bad, "password", registration.password);
    return verdict(std::move(bad));
}

Done check_new_password(const Secret& password) {
    Fields bad;
    check_password(bad, "new_password", password);
    return verdict(std::move(bad));
}

Done check_email_address(const std::string& email) {
    Fields bad;
    check_email(bad, email);
    return verdict(std::move(bad));
}

Done check_profile(const ProfileChange& change) {
    Fields bad;
    if (change.first_name) require_text(bad, "first_name", *change.first_name, person_name_limits);
    if (change.last_name) require_text(bad, "last_name", *change.last_name, person_name_limits);
    if (change.avatar) require_text(bad, "avatar", *change.avatar, avatar_limits);
    return verdict(std::move(bad));
}

}  // namespace mim::app
