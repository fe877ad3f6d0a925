// A token family and whether it is revoked, as they are stored.
#pragma once

#include "store/archive.hpp"
#include "store/descriptions/choices.hpp"
#include "store/descriptions/columns.hpp"

#define MIM_FAMILY_COLUMNS \
    "id, user, current_refresh_id, other_refresh_ids, expires_at, revoked, session_version"
#define MIM_FAMILY_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7"

namespace mim::store {

template <>
struct KeptAsFlag<app::FamilyState> : Flag<app::FamilyState::revoked, app::FamilyState::live> {};

template <>
struct Description<ArchivedFamily> {
    using Archived = ArchivedFamily;
    using Family = app::TokenFamily;
    using Tokens = app::RefreshTokens;
    static constexpr std::string_view what = "a token family";
    [[nodiscard]] static Archived blank() {
        return {{.id = id_to_be_read<TokenFamilyId>(), .user = id_to_be_read<UserId>()}};
    }
    static constexpr auto fields = std::tuple{
        field("id", &Archived::family, &Family::id).as_in_mongodb("_id"),
        field("user", &Archived::family, &Family::user),
        field("current_refresh_id", &Archived::family, &Family::refresh, &Tokens::newest),
        field("other_refresh_ids", &Archived::family, &Family::refresh, &Tokens::others).absent_in_older(),
        field("expires_at", &Archived::family, &Family::expires_at),
        field("revoked", &Archived::state),
        field("session_version", &Archived::family, &Family::session_version).absent_in_older()};
};
static_assert(are_columns<ArchivedFamily>(MIM_FAMILY_COLUMNS));
static_assert(are_values<ArchivedFamily>(MIM_FAMILY_VALUES));

}  // namespace mim::store
