#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

class MemoryUsers final : public app::UserStore {
  public:
    explicit MemoryUsers(MemoryState& state) : state_(state) {}

    Done create(const app::User& user) override {
        MIM_FAKE_CALL(state_, "users.create");
        for (const auto& [id, other] : state_.users) {
            if (same_any_case(other.username, user.username)) return taken("username");
            if (same_any_case(other.email, user.email)) return taken("email");
        }
        state_.users.emplace(user.id, user);
        return {};
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
    Done set_profile(const UserId& id, const app::Profile& profile, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.set_profile");
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        found->second.profile = profile;
        found->second.updated_at = now;
        return {};
    }
    Done set_password_hash(const UserId& id, const Secret& hash, Timestamp now) override {
        MIM_FAKE_CALL(state_, "users.set_password_hash");
        const auto found = state_.users.find(id);
        if (found == state_.users.end()) return not_found();
        found->second.password_hash = hash;
        found->second.updated_at = now;
        return {};
    }
    Result<std::int64_t> count() override {
        MIM_FAKE_CALL(state_, "users.count");
        return static_cast<std::int64_t>(state_.users.size());
    }

  private:
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
    Done rotate(const TokenFamilyId& id, std::string_view spent, std::string_view next,
                Timestamp expires_at) override {
        MIM_FAKE_CALL(state_, "families.rotate");
        const auto found = state_.families.find(id);
        if (found == state_.families.end() || found->second.revoked) return revoked();
        app::TokenFamily& family = found->second.family;
        if (family.current_refresh_id != spent) {
            found->second.revoked = true;
            return revoked();
        }
        family.current_refresh_id = next;
        family.expires_at = expires_at;
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
    Result<app::FamilyState> state(const TokenFamilyId& id) override {
        MIM_FAKE_CALL(state_, "families.state");
        const auto found = state_.families.find(id);
        const bool live = found != state_.families.end() && !found->second.revoked;
        return live ? app::FamilyState::live : app::FamilyState::revoked;
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

std::unique_ptr<app::UserStore> create_memory_users(MemoryState& state) {
    return std::make_unique<MemoryUsers>(state);
}
std::unique_ptr<app::TokenFamilyStore> create_memory_families(MemoryState& state) {
    return std::make_unique<MemoryFamilies>(state);
}

}  // namespace mim::fakes
