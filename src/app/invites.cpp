#include "app/invites.hpp"

#include "app/credential_rules.hpp"
#include "app/paging.hpp"

namespace mim::app {

Result<CreatedInvite> Invites::create(const InviteDraft& draft, const UserId& inviter) {
    if (draft.email) MIM_CHECK(check_email_address(*draft.email));
    if (policy_ == RegistrationPolicy::closed)
        return Error{ErrorCode::registration_refused,
                     "Registration is closed, so nobody could use an invite"};
    CreatedInvite created{.invite = {.created_by = inviter}, .token = ports_.invite_tokens.make()};
    Invite& invite = created.invite;
    invite.created_at = ports_.clock.now();
    invite.expires_at = invite.created_at + draft.lifetime;
    invite.prefix = ports_.invite_tokens.prefix(created.token);
    invite.token_hash = ports_.invite_tokens.hash(created.token);
    invite.role = draft.role;
    invite.email = draft.email;
    MIM_CHECK(ports_.invites.create(invite));
    return created;
}

Result<Page<InviteRow>> Invites::list(const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    MIM_TRY(found, ports_.invites.list(wanted));
    const Timestamp now = ports_.clock.now();
    Page<InviteRow> rows{.items = {}, .total = found.total, .page = found.page, .limit = found.limit};
    for (Invite& invite : found.items) {
        const InviteState state = state_of(invite, now);
        rows.items.push_back({std::move(invite), state});
    }
    return rows;
}

Done Invites::revoke(const InviteId& id) {
    Done revoked = ports_.invites.revoke(id, ports_.clock.now());
    if (!revoked && revoked.error().code == ErrorCode::not_found) return {};
    return revoked;
}

}  // namespace mim::app
