#include "store/sqlite/invite_rows.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/invites.hpp"
#include "store/sqlite/user_rows.hpp"

namespace mim::store {

Result<app::Invite> read_invite(const sqlite::Statement& row) {
    MIM_TRY(id, read_id<InviteId>(row, 0));
    MIM_TRY(created_by, read_id<UserId>(row, 3));
    MIM_TRY(role, read_role(row, 6));
    app::Invite invite{.id = std::move(id),
                       .created_at = read_time(row, 1),
                       .expires_at = read_time(row, 2),
                       .created_by = std::move(created_by),
                       .prefix = std::string(row.text(4)),
                       .token_hash = std::string(row.text(5)),
                       .role = role,
                       .email = row.optional_text(7),
                       .used_at = read_optional_time(row, 8),
                       .revoked_at = read_optional_time(row, 10)};
    if (row.is_null(9)) return invite;
    MIM_TRY(used_by, read_id<UserId>(row, 9));
    invite.used_by = std::move(used_by);
    return invite;
}

Done put_invite(sqlite::Connection& connection, const app::Invite& invite) {
    std::optional<std::string> used_by;
    if (invite.used_by) used_by = to_column(*invite.used_by);
    MIM_CHECK(connection.run(sql::put_invite, to_column(invite.id), to_column(invite.created_at),
                             to_column(invite.expires_at), to_column(invite.created_by), invite.prefix,
                             invite.token_hash, app::to_string(invite.role), invite.email,
                             to_column(invite.used_at), used_by, to_column(invite.revoked_at)));
    return {};
}

}  // namespace mim::store
