#include "store/sqlite/user_rows.hpp"

#include "base/fold.hpp"
#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/looks.hpp"
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

Done insert_user(sqlite::Connection& connection, const app::User& user) {
    auto done = run_with(connection, sql::insert_user, user, fold(user.username), fold(user.email));
    if (!done) return say_which_name_is_taken(std::move(done).error());
    MIM_CHECK(refuse_lookalike(connection, user.id, "username", user.username));
    MIM_CHECK(refuse_lookalike(connection, user.id, "email", user.email));
    return note_looks(connection, user.id);
}

}  // namespace mim::store
