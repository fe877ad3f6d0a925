#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

class MemoryInvites final : public app::InviteStore {
  public:
    explicit MemoryInvites(MemoryState& state) : state_(state) {}

    Done create(const app::Invite& invite) override {
        MIM_FAKE_CALL(state_, "invites.create");
        state_.invites.insert_or_assign(invite.id, invite);
        return {};
    }
    Result<app::Invite> find(const std::string& token_hash) override {
        MIM_FAKE_CALL(state_, "invites.find");
        for (const auto& [id, invite] : state_.invites) {
            if (invite.token_hash == token_hash) return invite;
        }
        return not_found();
    }
    Result<app::Page<app::Invite>> list(const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "invites.list");
        std::vector<app::Invite> found;
        for (const auto& [id, invite] : state_.invites) found.push_back(invite);
        std::sort(found.begin(), found.end(), [](const app::Invite& left, const app::Invite& right) {
            return std::tie(left.created_at, left.id) > std::tie(right.created_at, right.id);
        });
        return page_of(found, page);
    }
    Done revoke(const InviteId& id, Timestamp now) override {
        MIM_FAKE_CALL(state_, "invites.revoke");
        const auto found = state_.invites.find(id);
        if (found == state_.invites.end()) return not_found();
        if (found->second.used_at) return Error{ErrorCode::not_allowed_in_state, "It is used"};
        if (!found->second.revoked_at) found->second.revoked_at = now;
        return {};
    }
    Done redeem(const InviteId& id, const app::User& user, Timestamp now) override {
        MIM_FAKE_CALL(state_, "invites.redeem");
        const auto found = state_.invites.find(id);
        if (found == state_.invites.end() || state_of(found->second, now) != app::InviteState::open)
            return Error{ErrorCode::not_allowed_in_state, "It cannot be used"};
        MIM_CHECK(add_user(state_, user));
        found->second.used_at = now;
        found->second.used_by = user.id;
        return {};
    }

  private:
    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::InviteStore> create_memory_invites(MemoryState& state) {
    return std::make_unique<MemoryInvites>(state);
}

}  // namespace mim::fakes
