#include "app/ports/user_store.hpp"

#include "base/fold.hpp"
#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/discarding.hpp"
#include "store/sqlite/looks.hpp"
#include "store/sqlite/sql/api_keys.hpp"
#include "store/sqlite/sql/users.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/user_rows.hpp"

namespace mim::store {
namespace {

Error no_such_user() {
    return {ErrorCode::not_found, "User not found"};
}

Result<app::User> read_one(Result<sqlite::Statement> statement) {
    if (!statement) return std::move(statement).error();
    MIM_TRY(row, statement->step());
    if (!row) return no_such_user();
    return read_row<app::User>(*statement);
}

Result<bool> user_is_there(sqlite::Connection& connection, const UserId& id) {
    MIM_TRY(statement, connection.statement(sql::user_exists, to_column(id)));
    return has_row(std::move(statement));
}

class SqliteUserStore final : public app::UserStore {
  public:
    explicit SqliteUserStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done create(const app::User& user) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(insert_user(*writer, user));
        return writer.commit();
    }

    Done create_first(const app::User& user) override {
        MIM_TRY(writer, file_->write());
        {
            MIM_TRY(statement, writer->statement(sql::had_accounts));
            MIM_TRY(had, read_number(std::move(statement)));
            if (had > 0) return Error(ErrorCode::not_allowed_in_state, "There is an account, or was");
        }
        MIM_CHECK(insert_user(*writer, user));
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

    Done set_profile(const UserId& id, const app::Change<app::Profile>& change, Timestamp now) override {
        const auto& [before, after] = change;
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed,
                writer->run(sql::set_profile, to_column(id), after.first_name, after.last_name, after.avatar,
                            to_column(now), before.first_name, before.last_name, before.avatar));
        if (changed > 0) return writer.commit();
        MIM_TRY(exists, user_is_there(*writer, id));
        if (!exists) return no_such_user();
        return Error(ErrorCode::not_allowed_in_state, "The profile is another one by now");
    }

    Done set_email(const UserId& id, const std::string& email, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(before, read_one(writer->statement(sql::user_by_id, to_column(id))));
        auto changed = writer->run(sql::set_email, to_column(id), email, fold(email), to_column(now));
        if (!changed) return say_which_name_is_taken(std::move(changed).error());
        if (email != before.email) MIM_CHECK(refuse_lookalike(*writer, id, "email", email));
        MIM_CHECK(note_looks(*writer, id));
        return writer.commit();
    }

    Done change_password(const UserId& id, const app::PasswordChange& change, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql::change_password, to_column(id), change.proved_hash.reveal(),
                                     change.next_hash.reveal(), to_column(change.kept), to_column(now)));
        if (changed > 0) return writer.commit();
        MIM_TRY(exists, user_is_there(*writer, id));
        if (!exists) return no_such_user();
        return Error(ErrorCode::not_allowed_in_state, "The password is another one by now");
    }

    Done set_role(const UserId& id, app::Role role, Timestamp now) override {
        const auto offers = role == app::Role::admin ? Offers::stay : Offers::are_taken_back;
        return change_keeping_an_admin(id, sql::set_role, app::to_string(role), now, offers);
    }

    Done set_status(const UserId& id, app::AccountStatus status, Timestamp now) override {
        const bool disabled = status == app::AccountStatus::disabled;
        return change_keeping_an_admin(id, sql::set_disabled, Column<app::AccountStatus>::put(status), now,
                                       disabled ? Offers::are_taken_back : Offers::stay);
    }

    Done remove(const UserId& id, const app::Discard& discard) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(put_user_into_trash(*writer, id, discard));
        MIM_TRY(removed, writer->run(sql::delete_user, to_column(id)));
        if (removed == 0) return why_nothing_changed(*writer, id);
        MIM_CHECK(writer->run(sql::take_back_offers, to_column(id)));
        MIM_CHECK(writer->run(sql::delete_families_of, to_column(id)));
        MIM_CHECK(writer->run(sql::delete_api_keys_of, to_column(id)));
        return writer.commit();
    }

    Done offer_reset(const UserId& id, const app::PasswordReset& reset) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql::offer_reset, to_column(id), reset.token_hash,
                                     to_column(reset.expires_at), to_column(reset.offered_by)));
        if (changed == 0) return no_such_user();
        return writer.commit();
    }

    Result<app::User> find_by_reset(std::string_view token_hash, Timestamp now) override {
        MIM_TRY(reader, file_->read());
        return read_one(reader->statement(sql::user_by_reset, token_hash, to_column(now)));
    }

    Done redeem_reset(const UserId& id, const std::string& token_hash, const Secret& next_hash,
                      Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql::redeem_reset, to_column(id), token_hash, next_hash.reveal(),
                                     to_column(now)));
        if (changed == 0)
            return Error(ErrorCode::not_allowed_in_state, "It is another reset by now, or none");
        return writer.commit();
    }

    Result<std::int64_t> count() override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::count_users));
        return read_number(std::move(statement));
    }

    Result<app::Page<app::User>> list(const app::PageRequest& page) override {
        if (const auto id = UserId::parse(page.query)) return page_of_one(page, get(*id));
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        const auto skip = rows_before(page);
        if (page.query.empty()) {
            return read_page<app::User>(page, reader->statement(sql::list_users, page.limit, skip),
                                        reader->statement(sql::count_users), read_row<app::User>);
        }
        const auto wanted = fold(page.query);
        return read_page<app::User>(page, reader->statement(sql::search_users, page.limit, skip, wanted),
                                    reader->statement(sql::count_found_users, wanted), read_row<app::User>);
    }

  private:
    // The resets that an account has offered to others.
    enum class Offers { stay, are_taken_back };

    // The condition and the change are one statement, and there is one writer at a time.
    template <class Value>
    Done change_keeping_an_admin(const UserId& id, sqlite::Sql sql, const Value& value, Timestamp now,
                                 Offers offers) {
        MIM_TRY(writer, file_->write());
        MIM_TRY(changed, writer->run(sql, to_column(id), value, to_column(now)));
        if (changed == 0) return why_nothing_changed(*writer, id);
        if (offers == Offers::are_taken_back) MIM_CHECK(writer->run(sql::take_back_offers, to_column(id)));
        return writer.commit();
    }

    static Error why_nothing_changed(sqlite::Connection& connection, const UserId& id) {
        const auto exists = user_is_there(connection, id);
        if (!exists) return exists.error();
        if (!*exists) return no_such_user();
        return {ErrorCode::last_admin, "This is the last account that administers"};
    }

    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::UserStore> create_sqlite_user_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteUserStore>(std::move(file));
}

}  // namespace mim::store
