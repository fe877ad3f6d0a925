#include <algorithm>
#include <tuple>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

using Trashed = MemoryState::Trashed;

class MemoryTrash final : public app::TrashStore {
  public:
    explicit MemoryTrash(MemoryState& state) : state_(state) {}

    Result<app::Page<app::TrashEntry>> list(app::TrashedAccounts accounts,
                                            const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "trash.list");
        std::vector<app::TrashEntry> found;
        for (const auto& [id, trashed] : state_.trash) {
            if (accounts == app::TrashedAccounts::shown || trashed.entry.kind != app::TrashKind::account)
                found.push_back(trashed.entry);
        }
        std::ranges::sort(found, [](const app::TrashEntry& left, const app::TrashEntry& right) {
            return std::tie(left.deleted_at, left.id) > std::tie(right.deleted_at, right.id);
        });
        return page_of(found, page);
    }
    Result<app::TrashEntry> get(const app::TrashId& id) override {
        MIM_FAKE_CALL(state_, "trash.get");
        const auto found = state_.trash.find(id);
        if (found == state_.trash.end()) return not_found();
        return found->second.entry;
    }
    Done restore(const app::TrashId& id) override {
        MIM_FAKE_CALL(state_, "trash.restore");
        const auto found = state_.trash.find(id);
        if (found == state_.trash.end()) return not_found();
        MIM_CHECK(bring_back(found->second));
        state_.trash.erase(found);
        return {};
    }
    Result<std::optional<app::TrashEntry>> purge(const app::TrashId& id) override {
        MIM_FAKE_CALL(state_, "trash.purge");
        const auto node = state_.trash.extract(id);
        return node ? std::optional(node.mapped().entry) : std::nullopt;
    }
    Result<std::int64_t> purge_before(Timestamp time) override {
        MIM_FAKE_CALL(state_, "trash.purge_before");
        return static_cast<std::int64_t>(std::erase_if(
            state_.trash, [&](const auto& each) { return each.second.entry.deleted_at < time; }));
    }

  private:
    Done bring_back(const Trashed& trashed) {
        if (trashed.user) return bring_back_user(*trashed.user);
        if (trashed.database) {
            for (const auto& [id, other] : state_.databases) {
                if (look_alike(other.name, trashed.database->name)) return taken("name");
            }
            state_.databases.emplace(trashed.database->id, *trashed.database);
        }
        if (!state_.databases.contains(*trashed.entry.database)) return not_found();
        for (const app::Definition& each : trashed.definitions) MIM_CHECK(check_free(each));
        for (const app::Definition& each : trashed.definitions) state_.definitions.emplace(each.id, each);
        state_.made_collections[*trashed.entry.database].insert(trashed.notes.begin(), trashed.notes.end());
        return {};
    }
    // Whatever it had when it was deleted, or was given since, is over.
    Done bring_back_user(app::User user) {
        ++user.session_version;
        user.kept_family.reset();
        MIM_CHECK(add_user(state_, user));
        std::erase_if(state_.families,
                      [&](const auto& entry) { return entry.second.family.user == user.id; });
        std::erase_if(state_.api_keys, [&](const auto& entry) { return entry.second.owner == user.id; });
        return {};
    }
    Done check_free(const app::Definition& definition) {
        for (const auto& [id, other] : state_.definitions) {
            if (other.database != definition.database || other.collection != definition.collection) continue;
            if (other.spec.name == definition.spec.name) return taken("name");
            if (other.signature == definition.signature) return taken("keys");
        }
        return {};
    }

    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::TrashStore> create_memory_trash(MemoryState& state) {
    return std::make_unique<MemoryTrash>(state);
}

}  // namespace mim::fakes
