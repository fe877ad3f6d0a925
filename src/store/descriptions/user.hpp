// An account, as it is stored. What belongs to a reset of its password is beside it, and written by
// statements of its own.
#pragma once

#include "app/model/user.hpp"
#include "store/descriptions/choices.hpp"
#include "store/descriptions/columns.hpp"

#define MIM_USER_COLUMNS                                                                                \
    "id, created_at, updated_at, username, email, password_hash, first_name, last_name, avatar, role, " \
    "disabled, session_version, kept_family"
#define MIM_USER_VALUES "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13"
#define MIM_USER_NEXT_TWO "?14, ?15"
#define MIM_USER_NEXT_THREE MIM_USER_NEXT_TWO ", ?16"

namespace mim::store {

template <>
struct KeptAsWord<app::Role> : OwnWords<app::parse_role> {
    static constexpr std::string_view what = "a role";
};
template <>
struct KeptAsFlag<app::AccountStatus> : Flag<app::AccountStatus::disabled, app::AccountStatus::enabled> {};

template <>
struct Description<app::User> {
    using User = app::User;
    static constexpr std::string_view what = "a user";
    [[nodiscard]] static User blank() {
        return {
            .id = id_to_be_read<UserId>(), .username = {}, .email = {}, .password_hash = {}, .profile = {}};
    }
    static constexpr auto fields =
        std::tuple{field("id", &User::id).as_in_mongodb("_id"),
                   field("created_at", &User::created_at),
                   field("updated_at", &User::updated_at),
                   field("username", &User::username).folded_beside(),
                   field("email", &User::email).folded_beside(),
                   field("password_hash", &User::password_hash),
                   field("first_name", &User::profile, &app::Profile::first_name),
                   field("last_name", &User::profile, &app::Profile::last_name),
                   field("avatar", &User::profile, &app::Profile::avatar),
                   field("role", &User::role),
                   field("disabled", &User::status),
                   field("session_version", &User::session_version).absent_in_older(),
                   field("kept_family", &User::kept_family)};
};
static_assert(are_columns<app::User>(MIM_USER_COLUMNS));
static_assert(are_values<app::User>(MIM_USER_VALUES));
static_assert(are_next<app::User>(MIM_USER_NEXT_TWO, 2));
static_assert(are_next<app::User>(MIM_USER_NEXT_THREE, 3));

}  // namespace mim::store
