#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/envelope.hpp"
#include "http/role_reader.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

constexpr IntegerRange lifetime_range{60, app::longest_invite_lifetime.count()};

app::InviteDraft read_draft_of_invite(ObjectReader& fields) {
    app::InviteDraft draft;
    draft.role = read_role(fields, app::InviteDraft{}.role);
    draft.email = fields.optional_string("email");
    const auto lifetime = fields.optional_integer("expires_in_seconds", lifetime_range);
    if (lifetime) draft.lifetime = std::chrono::seconds(*lifetime);
    return draft;
}

void write_common_fields(JsonWriter& json, const app::Invite& invite) {
    json.field("id", invite.id).field("prefix", invite.prefix);
    json.field("role", app::to_string(invite.role)).field("email", invite.email);
    json.field("created_at", invite.created_at).field("expires_at", invite.expires_at);
}

void write_row(JsonWriter& json, const app::InviteRow& row) {
    json.begin_object();
    write_common_fields(json, row.invite);
    json.field("state", app::to_string(row.state)).field("created_by", row.invite.created_by);
    json.field("used_at", row.invite.used_at).field("used_by", row.invite.used_by);
    json.field("revoked_at", row.invite.revoked_at).end_object();
}

}  // namespace

Result<Response> create_invite(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const app::InviteDraft draft = read_draft_of_invite(fields);
    MIM_CHECK(body.verdict());
    MIM_TRY(created, context.api.use_cases.invites.create(draft, request.caller->user));
    request.audit.subject = created.invite.id.text();
    tell_after(request, [&](JsonWriter& json) {
        json.begin_object();
        write_common_fields(json, created.invite);
        json.end_object();
    });
    const auto write = [&](JsonWriter& json) {
        json.begin_object();
        write_common_fields(json, created.invite);
        json.field("token", created.token.reveal()).end_object();
    };
    return answer(write, status_created);
}

Result<Response> list_invites(const Context& context, const Request& request) {
    MIM_TRY(page, read_page(request));
    MIM_TRY(found, context.api.use_cases.invites.list(page));
    return answer_page(found, write_row);
}

Result<Response> revoke_invite(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<InviteId>(request, "id"));
    MIM_CHECK(context.api.use_cases.invites.revoke(id));
    tell_after(request, [&](JsonWriter& json) { json.begin_object().field("id", id).end_object(); });
    return success();
}

}  // namespace mim::http
