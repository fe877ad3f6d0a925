#include "app/ports/user_store.hpp"

#include "base/fold.hpp"
#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/users.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

Error no_such_user() {
    return {ErrorCode::not_found, "User not found"};
}

Result<app::Role> read_role(std::string_view text) {
    for (const auto role : {app::Role::admin, app::Role::editor, app::Role::viewer}) {
        if (app::to_string(role) == text) return role;
    }
    return damaged_row("a role");
}

Result<app::User> read_user(const sqlite::Statement& row) {
    MIM_TRY(id, read_id<UserId>(row, 0));
    MIM_TRY(role, read_role(row.text(9)));
    return app::User{.id = std::move(id),
                     .created_at = read_time(row, 1),
                     .updated_at = read_time(row, 2),
                     .username = std::string(row.text(3)),
                     .email = std::string(row.text(4)),
                     .password_hash = Secret(std::string(row.text(5))),
                     .profile = {.first_name = std::string(row.text(6)),
                                 .last_name = std::string(row.text(7)),
                                 .avatar = std::string(row.text(8))},
                     .role = role};
}

Result<app::User> read_one(Result<sqlite::Statement> statement) {
    if (!statement) return std::move(statement).error();
    MIM_TRY(row, statement->step());
    if (!row) return no_such_user();
    return read_user(*statement);
}

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

class SqliteUserStore final : public app::UserStore {
  public:
    explicit SqliteUserStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done create(const app::User& user) override {
        MIM_TRY(writer, file_->write());
        auto done =
            writer->run(sql::insert_user, to_column(user.id), to_column(user.created_at),
                        to_column(user.updated_at), user.username, user.email, user.password_hash.reveal(),
                        user.profile.first_name, user.profile.last_name, user.profile.avatar,
                        app::to_string(user.role), fold(user.username), fold(user.email));
        if (!done) return say_which_name_is_taken(std::move(done).error());
        return writer.commit();
    }

    Result<app::User> get(const UserId& id) override {
        MIM_TRY(reader, file_->read());
        return read_one(reader->statement(sql::user_by_id, to_column(id)));
    }

    Result<app::User> find_by_identity(std::string_view identity) override {
        const auto folded = fold(identity);
        MIM_TRY(reader, file_->read());
        auto by_name = read_one(reader->statement(sql::user_by_username, folded));
        if (by_name || by_name.error().code != ErrorCode::not_found) return by_name;
        return read_one(reader->statement(sql::user_by_email, folded));
    }

    Done set_profile(const UserId& id, const app::Profile& profile, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql::set_profile, to_column(id), profile.first_name, profile.last_name,
                                     profile.avatar, to_column(now)));
        if (changed == 0) return no_such_user();
        return writer.commit();
    }

    Done set_password_hash(const UserId& id, const Secret& hash, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql::set_password_hash, to_column(id), hash.reveal(), to_column(now)));
        if (changed == 0) return no_such_user();
        return writer.commit();
    }

    Result<std::int64_t> count() override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::count_users));
        return read_number(std::move(statement));
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::UserStore> create_sqlite_user_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteUserStore>(std::move(file));
}

}  // namespace mim::store
