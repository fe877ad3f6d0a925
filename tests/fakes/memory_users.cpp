#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

bool is_like_a_name_of(const app::User& user, std::string_view name) {
    return look_alike(user.username, name) || look_alike(user.email, name);
}

class MemoryUsers final : public app::UserStore {
  public:
    explicit MemoryUsers(MemoryState& state) : state_(state) {}

    Done create(const app::User& user) override {
        MIM_FAKE_CALL(state_, "users.create");
        return add_user(state_, user);
    }
    Done create_first(const app::User& user) override {
        MIM_FAKE_CALL(state_, "users.create_first");
        if (!state_.users.empty()) return Error{ErrorCode::not_allowed_in_state, "There is one"};
        return add_user(state_, user);
    }
    Result<app::User> get(const UserId& id) override {
        MIM_FAKE_CALL(state_, "users.get");
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        return found->second;
    }
    Result<app::User> find_by_identity(std::string_view identity) override {
        MIM_FAKE_CALL(state_, "users.find_by_identity");
        for (const auto& [id, user] : state_.users) {
            if (same_any_case(user.username, identity) || same_any_case(user.email, identity)) return user;
        }
        return not_found();
    }
    Done set_profile(const UserId& id, const app::Change<app::Profile>& change, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.set_profile");
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        if (!(found->second.profile == change.before))
            return Error{ErrorCode::not_allowed_in_state, "It is another one"};
        found->second.profile = change.after;
        found->second.updated_at = now;
        return {};
    }
    Done set_email(const UserId& id, const std::string& email, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.set_email");
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        for (const auto& [other, user] : state_.users) {
            if (other != id && found->second.email != email && is_like_a_name_of(user, email))
                return taken("email");
        }
        found->second.email = email;
        found->second.updated_at = now;
        return {};
    }
    Done change_password(const UserId& id, const app::PasswordChange& change, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.change_password");
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        app::User& user = found->second;
        if (!(user.password_hash == change.proved_hash))
            return Error{ErrorCode::not_allowed_in_state, "It is another one"};
        user.password_hash = change.next_hash;
        user.kept_family = change.kept;
        ++user.session_version;
        state_.resets.erase(id);
        user.updated_at = now;
        return {};
    }
    Done set_role(const UserId& id, app::Role role, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.set_role");
        MIM_CHECK(change(id, now, [role](app::User& user) { user.role = role; }));
        state_.resets.erase(id);
        take_back_offers(id);
        return {};
    }
    Done set_status(const UserId& id, app::AccountStatus status, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.set_status");
        MIM_CHECK(change(id, now, [this, status](app::User& user) {
            user.status = status;
            if (status == app::AccountStatus::enabled) return;
            state_.resets.erase(user.id);
            user.kept_family.reset();
            ++user.session_version;
        }));
        take_back_offers(id);
        return {};
    }
    Done remove(const UserId& id, const app::Discard& discard) override {
        MIM_FAKE_CALL(state_, "users.remove");
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        const app::User user = found->second;
        MIM_CHECK(change(id, {}, [](app::User& each) { each.status = app::AccountStatus::disabled; }));
        state_.trash.emplace(discard.as, MemoryState::Trashed{.entry = {.id = discard.as,
                                                                        .kind = app::TrashKind::account,
                                                                        .deleted_at = discard.at,
                                                                        .deleted_by = discard.by,
                                                                        .name = user.username},
                                                              .user = user});
        state_.users.erase(id);
        state_.resets.erase(id);
        take_back_offers(id);
        std::erase_if(state_.families, [&](const auto& entry) { return entry.second.family.user == id; });
        std::erase_if(state_.api_keys, [&](const auto& entry) { return entry.second.owner == id; });
        return {};
    }
    Done offer_reset(const UserId& id, const app::PasswordReset& reset) override {
        MIM_FAKE_CALL(state_, "users.offer_reset");
        if (!state_.users.contains(id)) return not_found();
        state_.resets.insert_or_assign(id, reset);
        return {};
    }
    Result<app::User> find_by_reset(std::string_view token_hash, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.find_by_reset");
        for (const auto& [id, reset] : state_.resets) {
            if (is_good(reset, token_hash, now)) return state_.users.at(id);
        }
        return not_found();
    }
    Done redeem_reset(const UserId& id, const std::string& token_hash, const Secret& next_hash,
                      Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.redeem_reset");
        const auto reset = state_.resets.find(id);
        if (reset == state_.resets.end() || !is_good(reset->second, token_hash, now))
            return Error{ErrorCode::not_allowed_in_state, "Another one"};
        state_.resets.erase(reset);
        app::User& user = state_.users.at(id);
        user.password_hash = next_hash;
        user.kept_family.reset();
        ++user.session_version;
        user.updated_at = now;
        return {};
    }
    Result<std::int64_t> count() override {
        MIM_FAKE_CALL(state_, "users.count");
        return static_cast<std::int64_t>(state_.users.size());
    }
    Result<app::Page<app::User>> list(const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "users.list");
        std::vector<app::User> found;
        const auto id = UserId::parse(page.query);
        for (const auto& [key, user] : state_.users) {
            const bool by_text =
                holds_any_case(user.username, page.query) || holds_any_case(user.email, page.query);
            if (id ? key == *id : by_text) found.push_back(user);
        }
        std::sort(found.begin(), found.end(), [](const app::User& left, const app::User& right) {
            return std::tie(left.created_at, left.id) > std::tie(right.created_at, right.id);
        });
        return page_of(found, page);
    }

  private:
    static bool administers(const app::User& user) {
        return user.role == app::Role::admin && user.status == app::AccountStatus::enabled;
    }
    [[nodiscard]] bool is_good(const app::PasswordReset& reset, std::string_view token_hash,
                               Timestamp now) const {
        const auto by = state_.users.find(reset.offered_by);
        return reset.token_hash == token_hash && now < reset.expires_at && by != state_.users.end() &&
               administers(by->second);
    }
    // Of who administers no more.
    void take_back_offers(const UserId& by) {
        const auto found = state_.users.find(by);
        if (found != state_.users.end() && administers(found->second)) return;
        std::erase_if(state_.resets, [&](const auto& entry) { return entry.second.offered_by == by; });
    }
    template <class Change>
    Done change(const UserId& id, Timestamp now, Change change) {
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        app::User changed = found->second;
        change(changed);
        changed.updated_at = now;
        const bool another = std::any_of(state_.users.begin(), state_.users.end(), [&](const auto& entry) {
            return entry.first != id && administers(entry.second);
        });
        if (administers(found->second) && !administers(changed) && !another)
            return Error{ErrorCode::last_admin, "The last one"};
        found->second = std::move(changed);
        return {};
    }
    MemoryState& state_;
};

class MemoryFamilies final : public app::TokenFamilyStore {
  public:
    explicit MemoryFamilies(MemoryState& state) : state_(state) {}

    Done open(const app::TokenFamily& family) override {
        MIM_FAKE_CALL(state_, "families.open");
        state_.families.insert_or_assign(family.id, MemoryState::Family{family, false});
        return {};
    }
    Done rotate(const TokenFamilyId& id, const app::Rotation& rotation) override {
        MIM_FAKE_CALL(state_, "families.rotate");
        const auto found = state_.families.find(id);
        if (found == state_.families.end() || found->second.revoked) return revoked();
        app::TokenFamily& family = found->second.family;
        const auto tokens = app::rotated(family.refresh, rotation);
        if (!tokens) {
            found->second.revoked = true;
            return revoked();
        }
        family.refresh = *tokens;
        family.expires_at = rotation.next_expires_at;
        return {};
    }
    Done revoke(const TokenFamilyId& id) override {
        MIM_FAKE_CALL(state_, "families.revoke");
        const auto found = state_.families.find(id);
        if (found != state_.families.end()) found->second.revoked = true;
        return {};
    }
    Done revoke_others_of(const UserId& user, const TokenFamilyId& kept) override {
        MIM_FAKE_CALL(state_, "families.revoke_others_of");
        for (auto& [id, stored] : state_.families) {
            if (stored.family.user == user && id != kept) stored.revoked = true;
        }
        return {};
    }
    Done revoke_all_of(const UserId& user) override {
        MIM_FAKE_CALL(state_, "families.revoke_all_of");
        for (auto& [id, stored] : state_.families) {
            if (stored.family.user == user) stored.revoked = true;
        }
        return {};
    }
    Result<app::FamilyStanding> standing(const TokenFamilyId& id) override {
        MIM_FAKE_CALL(state_, "families.standing");
        const auto found = state_.families.find(id);
        if (found == state_.families.end() || found->second.revoked) return app::FamilyStanding{};
        return app::FamilyStanding{app::FamilyState::live, found->second.family.session_version};
    }
    Done forget_expired(Timestamp now) override {
        MIM_FAKE_CALL(state_, "families.forget_expired");
        std::erase_if(state_.families,
                      [&](const auto& entry) { return entry.second.family.expires_at < now; });
        return {};
    }

  private:
    static Error revoked() { return {ErrorCode::token_revoked, "Token is revoked"}; }
    MemoryState& state_;
};

}  // namespace

Done add_user(MemoryState& state, const app::User& user) {
    for (const auto& [id, other] : state.users) {
        if (same_any_case(other.username, user.username)) return taken("username");
        if (same_any_case(other.email, user.email)) return taken("email");
        if (is_like_a_name_of(other, user.username)) return taken("username");
        if (is_like_a_name_of(other, user.email)) return taken("email");
    }
    state.users.emplace(user.id, user);
    return {};
}

std::unique_ptr<app::UserStore> create_memory_users(MemoryState& state) {
    return std::make_unique<MemoryUsers>(state);
}
std::unique_ptr<app::TokenFamilyStore> create_memory_families(MemoryState& state) {
    return std::make_unique<MemoryFamilies>(state);
}

}  // namespace mim::fakes
