#include "app/ports/user_store.hpp"

#include "base/fold.hpp"
#include "store/mongodb/administrators.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"
#include "store/mongodb/user_documents.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error no_such_user() {
    return {ErrorCode::not_found, "User not found"};
}

Error there_is_one() {
    return {ErrorCode::not_allowed_in_state, "There is an account already"};
}

class MongoUserStore final : public app::UserStore {
  public:
    explicit MongoUserStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done create(const app::User& user) override { return insert_user(*link_, to_document(user), user); }

    // `count` also finds accounts that are older than the mark, or were copied without it.
    Done create_first(const app::User& user) override {
        MIM_TRY(others, count());
        if (others > 0) return there_is_one();
        bson::Builder document;
        document.add_all(to_document(user).view());
        document.add("first", true);
        auto done = insert_user(*link_, document.take(), user);
        if (done || done.error().code != ErrorCode::already_exists) return done;
        return there_is_one();
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

    Done set_role(const UserId& id, app::Role role, Timestamp now) override {
        const auto update = setting("role", app::to_string(role), "updated_at", now);
        return role == app::Role::admin ? change(id, update) : change_keeping_an_admin(*link_, id, update);
    }

    Done set_status(const UserId& id, app::AccountStatus status, Timestamp now) override {
        const bool disabled = status == app::AccountStatus::disabled;
        const auto update = setting("disabled", disabled, "updated_at", now);
        return disabled ? change_keeping_an_admin(*link_, id, update) : change(id, update);
    }

    Result<app::Page<app::User>> list(const app::PageRequest& page) override {
        Question question{.filter = {}, .sort = fields("created_at", -1, "_id", -1)};
        if (const auto id = UserId::parse(page.query)) {
            question.filter = fields("_id", *id);
        } else if (!page.query.empty()) {
            const auto wanted = has_inside(page.query);
            question.filter =
                fields("$or", documents(fields("username_folded", wanted), fields("email_folded", wanted)));
        }
        return read_page<app::User>(*link_, names::users, page, std::move(question), read_user);
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

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::UserStore> create_mongodb_user_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoUserStore>(std::move(link));
}

}  // namespace mim::store
