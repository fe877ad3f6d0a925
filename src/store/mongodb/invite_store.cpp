#include "app/ports/invite_store.hpp"

#include "store/descriptions/invite.hpp"
#include "store/mongodb/accounts.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error no_such_invite() {
    return {ErrorCode::not_found, "Invite not found"};
}

bson::Document absent() {
    return fields("$exists", false);
}

class MongoInviteStore final : public app::InviteStore {
  public:
    explicit MongoInviteStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done create(const app::Invite& invite) override {
        return link_->insert(names::invites, {to_document(invite)});
    }

    Result<app::Invite> find(const std::string& token_hash) override {
        MIM_TRY(found, link_->find_one(names::invites, fields("token_hash", token_hash)));
        if (!found) return no_such_invite();
        return read_document<app::Invite>(*found);
    }

    Result<app::Page<app::Invite>> list(const app::PageRequest& page) override {
        return read_page<app::Invite>(*link_, names::invites, page,
                                      {.filter = {}, .sort = fields("created_at", -1, "_id", -1)},
                                      read_document<app::Invite>);
    }

    Done revoke(const InviteId& id, Timestamp now) override {
        MIM_TRY(revoked,
                link_->update(names::invites, fields("_id", id, "used_at", absent(), "revoked_at", absent()),
                              setting("revoked_at", now)));
        if (revoked > 0) return {};
        MIM_TRY(found, link_->find_one(names::invites, fields("_id", id)));
        if (!found) return no_such_invite();
        MIM_TRY(invite, read_document<app::Invite>(*found));
        if (!invite.used_at) return {};  // revoked before
        return Error(ErrorCode::not_allowed_in_state, "The invite has been used");
    }

    // That there are accounts is noted: somebody has made the invite.
    Done redeem(const InviteId& id, const app::User& user, Timestamp now) override {
        auto made = link_->in_transaction([&](Commands& commands) -> Done {
            const auto usable = fields("_id", id, "used_at", absent(), "revoked_at", absent(), "expires_at",
                                       fields("$gt", now));
            MIM_TRY(spent,
                    commands.update(names::invites, usable, setting("used_at", now, "used_by", user.id)));
            if (spent == 0) return Error(ErrorCode::not_allowed_in_state, "The invite cannot be used");
            return add_user(commands, user);
        });
        if (made || made.error().code != ErrorCode::already_exists) return made;
        return refuse_names(*link_, user);
    }

  private:
    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::InviteStore> create_mongodb_invite_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoInviteStore>(std::move(link));
}

}  // namespace mim::store
