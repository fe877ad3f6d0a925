#include "app/ports/user_store.hpp"
#include "store/mongodb/link.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/user_documents.hpp"

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

    Done rotate(const TokenFamilyId& id, std::string_view spent, std::string_view next,
                Timestamp expires_at) override {
        MIM_TRY(rotated, link_->update(names::token_families,
                                       fields("_id", id, "revoked", false, "current_refresh_id", spent),
                                       setting("current_refresh_id", next, "expires_at", expires_at)));
        if (rotated > 0) return {};
        // A spent token came back: it, or the one that replaced it, is in the wrong hands.
        MIM_CHECK(revoke(id));
        return revoked();
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
        MIM_TRY(archived, read_family(*found));
        return app::FamilyStanding{archived.state, archived.family.session_version};
    }

    Done forget_expired(Timestamp now) override {
        MIM_CHECK(
            link_->remove(names::token_families, fields("expires_at", fields("$lte", now)), Several::all));
        return {};
    }

  private:
    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::TokenFamilyStore> create_mongodb_token_family_store(
    std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoTokenFamilyStore>(std::move(link));
}

}  // namespace mim::store
