#include "app/ports/user_store.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/sql/users.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace mim::store {
namespace {

Error revoked() {
    return {ErrorCode::token_revoked, "The token has been revoked"};
}

struct FamilyRow {
    app::FamilyStanding standing;
    app::RefreshTokens refresh;
};

// Unknown families count as revoked.
Result<FamilyRow> read_family(sqlite::Connection& connection, const TokenFamilyId& id) {
    MIM_TRY(statement, connection.statement(sql::family, to_column(id)));
    MIM_TRY(row, statement.step());
    if (!row || statement.integer(1) != 0) return FamilyRow{};
    return FamilyRow{{app::FamilyState::live, statement.integer(2)},
                     {std::string(statement.text(0)), std::string(statement.text(3))}};
}

class SqliteTokenFamilyStore final : public app::TokenFamilyStore {
  public:
    explicit SqliteTokenFamilyStore(std::shared_ptr<sqlite::Connections> file) : file_(std::move(file)) {}

    Done open(const app::TokenFamily& family) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(run_with(*writer, sql::insert_family, ArchivedFamily{family, app::FamilyState::live}));
        return writer.commit();
    }

    Done rotate(const TokenFamilyId& id, const app::Rotation& rotation) override {
        MIM_TRY(writer, file_->write());
        MIM_TRY(family, read_family(*writer, id));
        if (family.standing.state == app::FamilyState::revoked) return revoked();
        const auto tokens = app::rotated(family.refresh, rotation);
        if (!tokens) {
            // A spent token came back: it, or the one that replaced it, is in the wrong hands.
            MIM_CHECK(writer->run(sql::revoke_family, to_column(id)));
            MIM_CHECK(writer.commit());
            return revoked();
        }
        MIM_CHECK(writer->run(sql::rotate_family, to_column(id), tokens->newest, tokens->others,
                              to_column(rotation.next_expires_at)));
        return writer.commit();
    }

    Done revoke(const TokenFamilyId& id) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::revoke_family, to_column(id)));
        return writer.commit();
    }

    Done revoke_others_of(const UserId& user, const TokenFamilyId& kept) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::revoke_other_families, to_column(user), to_column(kept)));
        return writer.commit();
    }

    Done revoke_all_of(const UserId& user) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::revoke_families_of, to_column(user)));
        return writer.commit();
    }

    Result<app::FamilyStanding> standing(const TokenFamilyId& id) override {
        MIM_TRY(reader, file_->read());
        MIM_TRY(family, read_family(*reader, id));
        return family.standing;
    }

    Done forget_expired(Timestamp now) override {
        MIM_TRY(writer, file_->write());
        MIM_CHECK(writer->run(sql::forget_families, to_column(now)));
        return writer.commit();
    }

  private:
    std::shared_ptr<sqlite::Connections> file_;
};

}  // namespace

std::unique_ptr<app::TokenFamilyStore> create_sqlite_token_family_store(
    std::shared_ptr<sqlite::Connections> file) {
    return std::make_unique<SqliteTokenFamilyStore>(std::move(file));
}

}  // namespace mim::store
