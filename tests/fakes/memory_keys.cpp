#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

class MemoryApiKeys final : public app::ApiKeyStore {
  public:
    explicit MemoryApiKeys(MemoryState& state) : state_(state) {}

    Done create(const app::ApiKey& key) override {
        MIM_FAKE_CALL(state_, "api_keys.create");
        for (const auto& [id, other] : state_.api_keys) {
            if (other.prefix == key.prefix) return taken("prefix");
        }
        state_.api_keys.emplace(key.id, key);
        return {};
    }
    Result<app::ApiKey> get(const ApiKeyId& id) override {
        MIM_FAKE_CALL(state_, "api_keys.get");
        const auto found = state_.api_keys.find(id);
        if (found == state_.api_keys.end()) return not_found();
        return found->second;
    }
    Result<app::ApiKey> find_by_prefix(std::string_view prefix) override {
        MIM_FAKE_CALL(state_, "api_keys.find_by_prefix");
        for (const auto& [id, key] : state_.api_keys) {
            if (key.prefix == prefix) return key;
        }
        return not_found();
    }
    Result<app::Page<app::ApiKey>> list(const std::optional<UserId>& owner,
                                        const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "api_keys.list");
        std::vector<app::ApiKey> found;
        for (const auto& [id, key] : state_.api_keys) {
            if (!owner || key.owner == *owner) found.push_back(key);
        }
        std::ranges::sort(found, [](const app::ApiKey& left, const app::ApiKey& right) {
            return std::pair(left.created_at, left.id) > std::pair(right.created_at, right.id);
        });
        return page_of(found, page);
    }
    Result<app::Removal> remove(const ApiKeyId& id) override {
        MIM_FAKE_CALL(state_, "api_keys.remove");
        return state_.api_keys.erase(id) > 0 ? app::Removal::done : app::Removal::nothing_there;
    }
    Done note_use(const ApiKeyId& id, Timestamp now) override {
        MIM_FAKE_CALL(state_, "api_keys.note_use");
        const auto found = state_.api_keys.find(id);
        if (found == state_.api_keys.end()) return {};
        auto& last = found->second.last_used_at;
        if (!last || *last < now) last = now;
        return {};
    }

  private:
    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::ApiKeyStore> create_memory_api_keys(MemoryState& state) {
    return std::make_unique<MemoryApiKeys>(state);
}

}  // namespace mim::fakes
