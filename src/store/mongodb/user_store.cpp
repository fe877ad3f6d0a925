#include "app/ports/user_store.hpp"

#include "base/fold.hpp"
#include "store/descriptions/user.hpp"
#include "store/lookalikes.hpp"
#include "store/mongodb/accounts.hpp"
#include "store/mongodb/administrators.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/discarding.hpp"
#include "store/mongodb/looks.hpp"
#include "store/mongodb/mongodb_store.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/search.hpp"

namespace mim::store {
namespace mongodb {
namespace {

Error no_such_user() {
    return {ErrorCode::not_found, "User not found"};
}

Error email_taken() {
    Error error(ErrorCode::already_exists, "The email is taken");
    error.fields = {{"email", "is taken"}};
    return error;
}

bson::Document with_reset(std::string_view token_hash, Timestamp now) {
    return fields("reset.token_hash", token_hash, "reset.expires_at", fields("$gt", now));
}

Error no_such_reset() {
    return {ErrorCode::not_allowed_in_state, "It is another reset by now, or none"};
}

Error there_is_one() {
    return {ErrorCode::not_allowed_in_state, "There is an account, or was"};
}

// The version is raised by the write that makes the change; it also takes back a reset that was offered.
bson::Document ending_sessions(const bson::Document& change, const std::optional<TokenFamilyId>& kept) {
    bson::Builder set;
    set.add_all(change.view());
    set.add_null("reset");
    if (!kept) set.add_null("kept_family");
    put(set, "kept_family", kept);
    return fields("$set", set.take(), "$inc", fields("session_version", std::int64_t{1}));
}

bson::Document taking_back_the_reset(const bson::Document& change) {
    bson::Builder set;
    set.add_all(change.view());
    set.add_null("reset");
    return fields("$set", set.take());
}

class MongoUserStore final : public app::UserStore {
  public:
    explicit MongoUserStore(std::shared_ptr<Link> link) : link_(std::move(link)) {}

    Done create(const app::User& user) override { return insert_user(*link_, user); }

    // The note is for those of the past, and for those who come at once: only one of them can make it.
    Done create_first(const app::User& user) override {
        MIM_TRY(had, had_accounts(*link_));
        if (had) return there_is_one();
        auto done = link_->in_transaction([&](Commands& commands) -> Done {
            MIM_TRY(another, commands.find_one(names::users, {}, fields("_id", 1)));
            if (another) return there_is_one();
            MIM_CHECK(commands.insert(names::had_accounts, {fields("_id", "accounts")}));
            return add_user(commands, user);
        });
        if (!done && done.error().code == ErrorCode::already_exists) return there_is_one();
        return done;
    }

    Result<app::User> get(const UserId& id) override { return one(fields("_id", id)); }

    Result<app::User> find_by_identity(std::string_view identity) override {
        const auto folded = fold(identity);
        auto by_name = one(fields("username_folded", folded));
        if (by_name || by_name.error().code != ErrorCode::not_found) return by_name;
        return one(fields("email_folded", folded));
    }

    Done set_profile(const UserId& id, const app::Change<app::Profile>& wanted, Timestamp now) override {
        const auto& [before, after] = wanted;
        const auto unchanged = fields("_id", id, "first_name", before.first_name, "last_name",
                                      before.last_name, "avatar", before.avatar);
        const auto next = setting("first_name", after.first_name, "last_name", after.last_name, "avatar",
                                  after.avatar, "updated_at", now);
        MIM_TRY(matched, link_->update(names::users, unchanged, next));
        if (matched > 0) return {};
        MIM_CHECK(one(fields("_id", id)));
        return Error(ErrorCode::not_allowed_in_state, "The profile is another one by now");
    }

    Done set_email(const UserId& id, const std::string& email, Timestamp now) override {
        MIM_TRY(found, link_->find_one(names::users, fields("_id", id)));
        if (!found) return no_such_user();
        MIM_TRY(next, change_of_email(id, *found, email, now));
        auto done = change(id, fields("$set", next));
        if (!done && done.error().code == ErrorCode::already_exists) return refuse_email(id, email);
        return done;
    }

    Done change_password(const UserId& id, const app::PasswordChange& wanted, Timestamp now) override {
        const auto proved = fields("_id", id, "password_hash", wanted.proved_hash.reveal());
        const auto next = fields("password_hash", wanted.next_hash.reveal(), "updated_at", now);
        MIM_TRY(matched, link_->update(names::users, proved, ending_sessions(next, wanted.kept)));
        if (matched > 0) return {};
        MIM_CHECK(one(fields("_id", id)));
        return Error(ErrorCode::not_allowed_in_state, "The password is another one by now");
    }

    Done set_role(const UserId& id, app::Role role, Timestamp now) override {
        const auto update = taking_back_the_reset(fields("role", app::to_string(role), "updated_at", now));
        return role == app::Role::admin ? change(id, update) : change_keeping_an_admin(id, update);
    }

    Done set_status(const UserId& id, app::AccountStatus status, Timestamp now) override {
        const bool disabled = status == app::AccountStatus::disabled;
        const auto change_of_status =
            fields("disabled", disabled, "was_disabled", disabled, "updated_at", now);
        if (!disabled) return change(id, fields("$set", change_of_status));
        return change_keeping_an_admin(id, ending_sessions(change_of_status, std::nullopt));
    }

    Done remove(const UserId& id, const app::Discard& discard) override {
        return link_->in_transaction([&](Commands& commands) -> Done {
            MIM_TRY(found, commands.find_one(names::users, fields("_id", id)));
            if (!found) return no_such_user();
            MIM_TRY(user, read_document<app::User>(*found));
            MIM_CHECK(keep_an_admin(commands, user));
            MIM_CHECK(take_back_offers(commands, id));
            MIM_TRY(entry, entry_for(user, *found, discard));
            MIM_CHECK(put_user_into_trash(commands, user, entry));
            MIM_CHECK(commands.remove(names::api_keys, fields("owner", id), Several::all));
            MIM_CHECK(commands.remove(names::token_families, fields("user", id), Several::all));
            MIM_CHECK(commands.remove(names::users, fields("_id", id), Several::one));
            return {};
        });
    }

    Done offer_reset(const UserId& id, const app::PasswordReset& reset) override {
        return change(id, setting("reset", fields("token_hash", reset.token_hash, "expires_at",
                                                  reset.expires_at, "offered_by", reset.offered_by)));
    }

    Result<app::User> find_by_reset(std::string_view token_hash, Timestamp now) override {
        const auto filter = with_reset(token_hash, now);
        MIM_TRY(good, is_offered_by_an_admin(filter));
        if (!good) return no_such_user();
        return one(filter);
    }

    // Whoever stops to administer takes the offers back before that is answered; so an offer that is still
    // there after it was found good is good.
    Done redeem_reset(const UserId& id, const std::string& token_hash, const Secret& next_hash,
                      Timestamp now) override {
        bson::Builder filter;
        filter.add_all(with_reset(token_hash, now).view());
        put(filter, "_id", id);
        const auto open = filter.take();
        MIM_TRY(good, is_offered_by_an_admin(open));
        if (!good) return no_such_reset();
        const auto next = fields("password_hash", next_hash.reveal(), "updated_at", now);
        MIM_TRY(matched, link_->update(names::users, open, ending_sessions(next, std::nullopt)));
        if (matched > 0) return {};
        return no_such_reset();
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
        return read_page<app::User>(*link_, names::users, page, std::move(question),
                                    read_document<app::User>);
    }

    Result<std::int64_t> count() override { return link_->count(names::users, {}); }

  private:
    // Earlier versions removed in steps. An account that they began to remove tells under which entry of the
    // trash it goes, and whether it was disabled before.
    static Result<app::Discard> entry_for(app::User& user, const bson::Document& found,
                                          const app::Discard& discard) {
        Reader reader(found);
        if (!reader.present("removal")) return discard;
        app::Discard begun(discard.at, discard.by);
        begun.as = reader.id<app::TrashId>("removal");
        user.status =
            reader.flag("was_disabled") ? app::AccountStatus::disabled : app::AccountStatus::enabled;
        MIM_CHECK(reader.whole("an account that is removed"));
        return begun;
    }

    Result<app::User> one(const bson::Document& filter) {
        MIM_TRY(found, link_->find_one(names::users, filter));
        if (!found) return no_such_user();
        return read_document<app::User>(*found);
    }

    Result<bool> is_offered_by_an_admin(const bson::Document& filter) {
        MIM_TRY(found, link_->find_one(names::users, filter, fields("reset", 1)));
        const auto reset = found ? Reader(*found).part("reset") : std::nullopt;
        if (!reset) return false;
        const auto by = Reader(*reset).optional_id<UserId>("offered_by");
        if (!by) return false;
        return administers(*link_, *by);
    }

    // Those that the account offered to others.
    static Done take_back_offers(Commands& commands, const UserId& id) {
        MIM_CHECK(commands.update(names::users, fields("reset.offered_by", id), taking_back_the_reset({}),
                                  Several::all));
        return {};
    }

    // An address that stays keeps its looks, though others may have them.
    Result<bson::Document> change_of_email(const UserId& id, const bson::Document& before,
                                           const std::string& email, Timestamp now) {
        MIM_TRY(user, read_document<app::User>(before));
        auto next = fields("email", email, "email_folded", fold(email), "updated_at", now);
        if (email == user.email) return next;
        MIM_TRY(looks, looks_of({email}));
        MIM_TRY(taken, another_has(*link_, names::users, id, looks));
        if (taken) return refuse_email(id, email).error();
        return with_looks_beside(next, before, user.username, looks);
    }

    // Always an error.
    Done refuse_email(const UserId& id, const std::string& email) {
        const auto same = fields("email_folded", fold(email), "_id", fields("$ne", id));
        MIM_TRY(others, link_->count(names::users, same));
        return others > 0 ? email_taken() : looks_like_another("email");
    }

    Done change(const UserId& id, const bson::Document& change) {
        MIM_TRY(matched, link_->update(names::users, fields("_id", id), change));
        if (matched == 0) return no_such_user();
        return {};
    }

    Done change_keeping_an_admin(const UserId& id, const bson::Document& change) {
        return link_->in_transaction([&](Commands& commands) -> Done {
            MIM_TRY(before,
                    commands.find_and_modify(names::users, fields("_id", id), change, Answer::before));
            if (!before) return no_such_user();
            MIM_TRY(user, read_document<app::User>(*before));
            MIM_CHECK(keep_an_admin(commands, user));
            return take_back_offers(commands, id);
        });
    }

    std::shared_ptr<Link> link_;
};

}  // namespace
}  // namespace mongodb

std::unique_ptr<app::UserStore> create_mongodb_user_store(std::shared_ptr<mongodb::Link> link) {
    return std::make_unique<mongodb::MongoUserStore>(std::move(link));
}

}  // namespace mim::store
