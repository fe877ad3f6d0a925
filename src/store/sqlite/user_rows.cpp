#include "store/sqlite/user_rows.hpp"

#include "base/fold.hpp"
#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/looks.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/users.hpp"

namespace mim::store {
Error say_which_name_is_taken(Error error) {
    if (sqlite::concerns_column(error, "users.username_folded")) {
        error.message = "The username is taken";
        error.fields = {{"username", "is taken"}};
    } else if (sqlite::concerns_column(error, "users.email_folded")) {
        error.message = "The email is taken";
        error.fields = {{"email", "is taken"}};
    }
    return error;
}

Result<app::Role> read_role(const sqlite::Statement& row, int column) {
    const auto role = app::parse_role(row.text(column));
    if (!role) return damaged_row("a role");
    return *role;
}

Result<app::User> read_user(const sqlite::Statement& row) {
    MIM_TRY(id, read_id<UserId>(row, 0));
    MIM_TRY(role, read_role(row, 9));
    MIM_TRY(kept_family, read_optional_id<TokenFamilyId>(row, 12));
    return app::User{
        .id = std::move(id),
        .created_at = read_time(row, 1),
        .updated_at = read_time(row, 2),
        .username = std::string(row.text(3)),
        .email = std::string(row.text(4)),
        .password_hash = Secret(std::string(row.text(5))),
        .profile = {.first_name = std::string(row.text(6)),
                    .last_name = std::string(row.text(7)),
                    .avatar = std::string(row.text(8))},
        .role = role,
        .status = row.integer(10) != 0 ? app::AccountStatus::disabled : app::AccountStatus::enabled,
        .session_version = row.integer(11),
        .kept_family = std::move(kept_family)};
}

Done insert_user(sqlite::Connection& connection, const app::User& user) {
    auto done = connection.run(sql::insert_user, to_column(user.id), to_column(user.created_at),
                               to_column(user.updated_at), user.username, user.email,
                               user.password_hash.reveal(), user.profile.first_name, user.profile.last_name,
                               user.profile.avatar, app::to_string(user.role),
                               user.status == app::AccountStatus::disabled ? 1 : 0, user.session_version,
                               to_column(user.kept_family), fold(user.username), fold(user.email));
    if (!done) return say_which_name_is_taken(std::move(done).error());
    MIM_CHECK(refuse_lookalike(connection, user.id, "username", user.username));
    MIM_CHECK(refuse_lookalike(connection, user.id, "email", user.email));
    return note_looks(connection, user.id);
}

}  // namespace mim::store
