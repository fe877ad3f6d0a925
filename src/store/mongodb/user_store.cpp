#include "app/ports/user_store.hpp"

#include "base/fold.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/user_documents.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error no_such_user() {
    return {ErrorCode::not_found, "User not found"};
}

class MongoUserStore final : public app::UserStore {
  public:
    explicit MongoUserStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done create(const app::User& user) override {
        auto done = link_->insert(names::users, {to_document(user)});
        if (done || done.error().code != ErrorCode::already_exists) return done;
        return what_is_taken(user);
    }

    Result<app::User> get(const UserId& id) override { return one(fields("_id", id)); }

    Result<app::User> find_by_identity(std::string_view identity) override {
        const auto folded = fold(identity);
        auto by_name = one(fields("username_folded", folded));
        if (by_name || by_name.error().code != ErrorCode::not_found) return by_name;
        return one(fields("email_folded", folded));
    }

    Done set_profile(const UserId& id, const app::Profile& profile, Timestamp now) override {
        return change(id, setting("first_name", profile.first_name, "last_name", profile.last_name, "avatar",
                                  profile.avatar, "updated_at", now));
    }

    Done set_password_hash(const UserId& id, const Secret& hash, Timestamp now) override {
        return change(id, setting("password_hash", hash.reveal(), "updated_at", now));
    }

    Result<std::int64_t> count() override { return link_->count(names::users, {}); }

  private:
    Result<app::User> one(const bson::Document& filter) {
        MIM_TRY(found, link_->find_one(names::users, filter));
        if (!found) return no_such_user();
        return read_user(*found);
    }

    Done change(const UserId& id, const bson::Document& change) {
        MIM_TRY(matched, link_->update(names::users, fields("_id", id), change));
        if (matched == 0) return no_such_user();
        return {};
    }

    // Servers say it each in their own words, so we look.
    Done what_is_taken(const app::User& user) {
        MIM_TRY(namesake, link_->count(names::users, fields("username_folded", fold(user.username))));
        Error error(ErrorCode::already_exists, namesake > 0 ? "The username is taken" : "The email is taken");
        error.fields = {{namesake > 0 ? "username" : "email", "is taken"}};
        return error;
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::UserStore> create_mongodb_user_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoUserStore>(std::move(link));
}

}  // namespace mim::store
