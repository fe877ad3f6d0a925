#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/confirmation_reader.hpp"
#include "http/envelope.hpp"
#include "http/role_reader.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

void write_user(JsonWriter& json, const app::User& user) {
    json.begin_object().field("id", user.id);
    json.field("created_at", user.created_at).field("updated_at", user.updated_at);
    json.field("username", user.username).field("email", user.email);
    json.field("first_name", user.profile.first_name).field("last_name", user.profile.last_name);
    json.field("role", app::to_string(user.role));
    json.field("disabled", user.status == app::AccountStatus::disabled).end_object();
}

void tell_change(const Request& request, const app::Change<app::User>& change) {
    tell_before(request, [&](JsonWriter& json) { write_user(json, change.before); });
    tell_after(request, [&](JsonWriter& json) { write_user(json, change.after); });
}

}  // namespace

Result<Response> list_users(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::PageRequest page = read_page(fields);
    MIM_CHECK(body.verdict());
    MIM_TRY(found, context.api.use_cases.users.list(page));
    return answer_page(found, write_user);
}

Result<Response> set_user_role(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<UserId>(request, "id"));
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    fields.require("role");
    const app::Role role = read_role(fields, app::Role::viewer);
    MIM_CHECK(body.verdict());
    MIM_TRY(changed, context.api.use_cases.users.set_role(id, role));
    tell_change(request, changed);
    return success();
}

Result<Response> set_user_status(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<UserId>(request, "id"));
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    fields.require("disabled");
    const bool disabled = fields.flag("disabled");
    MIM_CHECK(body.verdict());
    const auto status = disabled ? app::AccountStatus::disabled : app::AccountStatus::enabled;
    MIM_TRY(changed, context.api.use_cases.users.set_status(id, status));
    tell_change(request, changed);
    return success();
}

Result<Response> set_user_email(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<UserId>(request, "id"));
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const std::string email = fields.required_string("email");
    MIM_CHECK(body.verdict());
    MIM_TRY(changed, context.api.use_cases.users.set_email(id, email));
    tell_change(request, changed);
    return success();
}

Result<Response> delete_user(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<UserId>(request, "id"));
    MIM_TRY(confirmation, read_confirmation(request));
    MIM_TRY(removed, context.api.use_cases.users.remove(id, confirmation, request.caller->user));
    if (!removed) tell_nothing_done(request);
    if (removed) tell_before(request, [&](JsonWriter& json) { write_user(json, *removed); });
    return success();
}

Result<Response> offer_password_reset(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<UserId>(request, "id"));
    MIM_TRY(offered, context.api.use_cases.password_resets.offer(id, request.caller->user));
    tell_after(request, [&](JsonWriter& json) {
        json.begin_object().field("id", offered.user.id).field("username", offered.user.username);
        json.field("expires_at", offered.expires_at).end_object();
    });
    const auto write = [&](JsonWriter& json) {
        json.begin_object().field("token", offered.token.reveal());
        json.field("expires_at", offered.expires_at).end_object();
    };
    return answer(write);
}

}  // namespace mim::http
