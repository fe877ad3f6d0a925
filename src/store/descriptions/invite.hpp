// An invite, as it is stored.
#pragma once

#include "app/model/invite.hpp"
#include "store/descriptions/columns.hpp"
#include "store/descriptions/user.hpp"

#define MIM_INVITE_COLUMNS \
    "id, created_at, expires_at, created_by, prefix, token_hash, role, email, used_at, used_by, revoked_at"
#define MIM_INVITE_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"

namespace mim::store {

template <>
struct Description<app::Invite> {
    using Invite = app::Invite;
    static constexpr std::string_view what = "an invite";
    [[nodiscard]] static Invite blank() {
        return {.id = id_to_be_read<InviteId>(), .created_by = id_to_be_read<UserId>()};
    }
    static constexpr auto fields = std::tuple{field("id", &Invite::id).as_in_mongodb("_id"),
                                              field("created_at", &Invite::created_at),
                                              field("expires_at", &Invite::expires_at),
                                              field("created_by", &Invite::created_by),
                                              field("prefix", &Invite::prefix),
                                              field("token_hash", &Invite::token_hash),
                                              field("role", &Invite::role),
                                              field("email", &Invite::email),
                                              field("used_at", &Invite::used_at),
                                              field("used_by", &Invite::used_by),
                                              field("revoked_at", &Invite::revoked_at)};
};
static_assert(are_columns<app::Invite>(MIM_INVITE_COLUMNS));
static_assert(are_values<app::Invite>(MIM_INVITE_VALUES));

}  // namespace mim::store
