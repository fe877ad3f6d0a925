#include "app/ports/invite_store.hpp"

#include "store/sqlite/described.hpp"
#include "store/sqlite/sql/invites.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/user_rows.hpp"

namespace mim::store {
namespace {

Error no_such_invite() {
    return {ErrorCode::not_found, "Invite not found"};
}

class SqliteInviteStore final : public app::InviteStore {
  public:
    explicit SqliteInviteStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done create(const app::Invite& invite) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(run_with(*writer, sql::put_invite, invite));
        return writer.commit();
    }

    Result<app::Invite> find(const std::string& token_hash) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(statement, reader->statement(sql::invite_by_hash, token_hash));
        MIM_TRY(row, statement.step());
        if (!row) return no_such_invite();
        return read_row<app::Invite>(statement);
    }

    Result<app::Page<app::Invite>> list(const app::PageRequest& page) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(snapshot, sqlite::Transaction::begin(*reader, sqlite::Transaction::Kind::snapshot));
        return read_page<app::Invite>(page,
                                      reader->statement(sql::list_invites, page.limit, rows_before(page)),
                                      reader->statement(sql::count_invites), read_row<app::Invite>);
    }

    Done revoke(const InviteId& id, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(revoked, writer->run(sql::revoke_invite, to_column(id), to_column(now)));
        if (revoked > 0) return writer.commit();
        MIM_TRY(statement, writer->statement(sql::invite_by_id, to_column(id)));
        MIM_TRY(exists, has_row(std::move(statement)));
        if (!exists) return no_such_invite();
        return Error(ErrorCode::not_allowed_in_state, "The invite has been used");
    }

    Done redeem(const InviteId& id, const app::User& user, Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(spent, writer->run(sql::spend_invite, to_column(id), to_column(now), to_column(user.id)));
        if (spent == 0) return Error(ErrorCode::not_allowed_in_state, "The invite cannot be used");
        MIM_CHECK(insert_user(*writer, user));
        return writer.commit();
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::InviteStore> create_sqlite_invite_store(std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteInviteStore>(std::move(file));
}

}  // namespace mim::store
