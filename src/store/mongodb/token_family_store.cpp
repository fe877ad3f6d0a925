#include "app/ports/user_store.hpp"
#include "store/descriptions/token_family.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/growing_pause.hpp"
#include "store/mongodb/link.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error revoked() {
    return {ErrorCode::token_revoked, "The token has been revoked"};
}

class MongoTokenFamilyStore final : public app::TokenFamilyStore {
  public:
    explicit MongoTokenFamilyStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done open(const app::TokenFamily& family) override {
        return link_->insert(names::token_families,
                             {to_document(ArchivedFamily{family, app::FamilyState::live})});
    }

    // Whoever was hindered by another looks again: that other has come a step further.
    Done rotate(const TokenFamilyId& id, const app::Rotation& rotation) override {
        GrowingPause pause;
        for (int attempt = 0; attempt < most_attempts; ++attempt) {
            MIM_TRY(found, link_->find_one(names::token_families, fields("_id", id, "revoked", false)));
            if (!found) return revoked();
            MIM_TRY(archived, read_document<ArchivedFamily>(*found));
            const app::RefreshTokens& stored = archived.family.refresh;
            const auto tokens = app::rotated(stored, rotation);
            if (!tokens) {
                // A spent token came back: it, or the one that replaced it, is in the wrong hands.
                MIM_CHECK(revoke(id));
                return revoked();
            }
            MIM_TRY(changed, link_->update(names::token_families, as_found(id, stored),
                                           setting("current_refresh_id", tokens->newest, "other_refresh_ids",
                                                   tokens->others, "expires_at", rotation.next_expires_at)));
            if (changed > 0) return {};
            pause.wait();
        }
        return Error(ErrorCode::not_ready, "others kept refreshing this session for too long");
    }

    Done revoke(const TokenFamilyId& id) override {
        MIM_CHECK(link_->update(names::token_families, fields("_id", id), setting("revoked", true)));
        return {};
    }

    Done revoke_others_of(const UserId& user, const TokenFamilyId& kept) override {
        const auto others = fields("user", user, "_id", fields("$ne", kept));
        MIM_CHECK(link_->update(names::token_families, others, setting("revoked", true), Several::all));
        return {};
    }

    Done revoke_all_of(const UserId& user) override {
        MIM_CHECK(link_->update(names::token_families, fields("user", user), setting("revoked", true),
                                Several::all));
        return {};
    }

    Result<app::FamilyStanding> standing(const TokenFamilyId& id) override {
        MIM_TRY(found, link_->find_one(names::token_families, fields("_id", id)));
        if (!found) return app::FamilyStanding{};
        MIM_TRY(archived, read_document<ArchivedFamily>(*found));
        return app::FamilyStanding{archived.state, archived.family.session_version};
    }

    Done forget_expired(Timestamp now) override {
        MIM_CHECK(
            link_->remove(names::token_families, fields("expires_at", fields("$lte", now)), Several::all));
        return {};
    }

  private:
    static constexpr int most_attempts = 100;

    // Where nothing is beside the newest one, an older version writes nothing.
    static bson::Document as_found(const TokenFamilyId& id, const app::RefreshTokens& tokens) {
        const auto others = tokens.others.empty() ? fields("$not", fields("$gt", tokens.others))
                                                  : fields("$eq", tokens.others);
        return fields("_id", id, "revoked", false, "current_refresh_id", tokens.newest, "other_refresh_ids",
                      others);
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::TokenFamilyStore> create_mongodb_token_family_store(
    std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoTokenFamilyStore>(std::move(link));
}

}  // namespace mim::store
