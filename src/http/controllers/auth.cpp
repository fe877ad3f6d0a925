#include "app/credential_rules.hpp"
#include "http/access.hpp"
#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/envelope.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

Response answer_tokens(const app::TokenPair& tokens) {
    return answer([&](JsonWriter& json) {
        json.begin_object();
        json.field("access_token", tokens.access_token).field("refresh_token", tokens.refresh_token);
        json.end_object();
    });
}

void write_profile(JsonWriter& json, const app::Profile& profile) {
    json.begin_object().field("first_name", profile.first_name).field("last_name", profile.last_name);
    json.field("avatar", profile.avatar).end_object();
}

// Who sends back what he has read names what cannot be changed here; another value is a wish that would be
// dropped in silence.
Done check_unchanged(ObjectReader& fields, const Body& body, const app::User& user) {
    const auto check = [&fields](std::string_view name, std::string_view stored, std::string_view reason) {
        if (const auto given = fields.optional_string(name); given && *given != stored)
            fields.complain(name, std::string(reason));
    };
    check("username", user.username, "Cannot be changed here");
    check("email", user.email, "Cannot be changed here");
    check("role", app::to_string(user.role), "Cannot be changed here: it is an administrator's to change");
    return body.verdict();
}

}  // namespace

Result<Response> register_account(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    app::Registration registration;
    registration.username = fields.required_string("username");
    registration.email = fields.required_string("email");
    registration.password = Secret(fields.required_string("password"));
    std::string invite = fields.string_or_empty("invite");
    if (!invite.empty()) registration.invite = Secret(std::move(invite));
    MIM_CHECK(body.verdict_with(app::check_registration(registration)));
    MIM_TRY(user, context.api.use_cases.registrations.add(registration));
    tell_after(request, [&](JsonWriter& json) {
        json.begin_object().field("id", user.id).field("username", user.username);
        json.field("email", user.email).field("role", app::to_string(user.role)).end_object();
    });
    request.audit.who = std::move(user);
    return success(status_created);
}

Result<Response> login(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const std::string identity = fields.required_string("identity");
    const Secret password(fields.required_string("password"));
    MIM_CHECK(body.verdict());
    const auto token = bearer_token(request.authorization);
    const app::PasswordOrigin from{.address = request.remote_address,
                                   .access_token = token ? *token : std::string_view()};
    MIM_TRY(tokens, context.api.use_cases.accounts.login(identity, password, from, &request.audit.who));
    return answer_tokens(tokens);
}

Result<Response> refresh_token(const Context& context, const Request& request) {
    MIM_TRY(token, bearer_token(request.authorization));
    MIM_TRY(tokens, context.api.use_cases.accounts.refresh(token, &request.audit.who));
    return answer_tokens(tokens);
}

Result<Response> logout(const Context& context, const Request& request) {
    MIM_CHECK(context.api.use_cases.accounts.logout(*request.caller));
    return success();
}

Result<Response> get_profile(const Context& context, const Request& request) {
    MIM_TRY(user, context.api.use_cases.accounts.profile(*request.caller));
    return answer([&](JsonWriter& json) {
        json.begin_object().field("username", user.username).field("email", user.email);
        json.field("first_name", user.profile.first_name).field("last_name", user.profile.last_name);
        json.field("avatar", user.profile.avatar).field("role", app::to_string(user.role)).end_object();
    });
}

Result<Response> change_profile(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    app::ProfileChange change;
    change.first_name = fields.clearable_string("first_name");
    change.last_name = fields.clearable_string("last_name");
    change.avatar = fields.clearable_string("avatar");
    MIM_TRY(user, context.api.use_cases.accounts.profile(*request.caller));
    MIM_CHECK(check_unchanged(fields, body, user));
    MIM_TRY(changed, context.api.use_cases.accounts.change_profile(*request.caller, change));
    tell_before(request, [&](JsonWriter& json) { write_profile(json, changed.before); });
    tell_after(request, [&](JsonWriter& json) { write_profile(json, changed.after); });
    return success();
}

Result<Response> change_password(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const Secret current(fields.required_string("current_password"));
    const Secret next(fields.required_string("new_password"));
    MIM_CHECK(body.verdict());
    MIM_CHECK(context.api.use_cases.accounts.change_password(*request.caller, current, next,
                                                             request.remote_address));
    return success();
}

Result<Response> reset_password(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const Secret token(fields.required_string("token"));
    const Secret next(fields.required_string("new_password"));
    MIM_CHECK(body.verdict());
    MIM_TRY(user, context.api.use_cases.password_resets.redeem(token, next));
    request.audit.who = std::move(user);
    return success();
}

}  // namespace mim::http
