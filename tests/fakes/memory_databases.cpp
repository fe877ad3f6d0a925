#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

class MemoryDatabases final : public app::DatabaseStore {
  public:
    explicit MemoryDatabases(MemoryState& state) : state_(state) {}

    Done create(const app::Database& database) override {
        MIM_FAKE_CALL(state_, "databases.create");
        if (is_taken(database)) return taken("name");
        state_.databases.emplace(database.id, database);
        return {};
    }
    Result<app::Database> get(const DatabaseId& id) override {
        MIM_FAKE_CALL(state_, "databases.get");
        const auto found = state_.databases.find(id);
        if (found == state_.databases.end()) return not_found();
        return found->second;
    }
    Result<app::Page<app::Database>> list(const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "databases.list");
        std::vector<app::Database> found;
        const auto id = DatabaseId::parse(page.query);
        for (const auto& [key, database] : state_.databases) {
            const bool by_text =
                holds_any_case(database.name, page.query) || holds_any_case(database.description, page.query);
            if (id ? key == *id : by_text) found.push_back(database);
        }
        std::sort(found.begin(), found.end(), [](const app::Database& left, const app::Database& right) {
            return std::tie(left.created_at, left.id) > std::tie(right.created_at, right.id);
        });
        return page_of(found, page);
    }
    Done update(const app::Database& database, Timestamp as_of, app::Destination destination) override {
        MIM_FAKE_CALL(state_, "databases.update");
        const auto found = state_.databases.find(database.id);
        if (found == state_.databases.end()) return not_found();
        if (found->second.updated_at != as_of) return app::database_changed_meanwhile();
        if (found->second.name != database.name && is_taken(database)) return taken("name");
        if (const auto active = active_sync(state_, database.id);
            active && destination == app::Destination::another)
            return app::sync_is_active(active);
        const app::Database before = found->second;
        found->second = database;
        found->second.created_at = before.created_at;
        found->second.protection = before.protection;
        found->second.seen_server = destination == app::Destination::same ? before.seen_server : std::nullopt;
        return {};
    }
    Result<std::vector<app::Neighbour>> neighbours(const std::vector<app::Place>& places) override {
        MIM_FAKE_CALL(state_, "databases.neighbours");
        std::vector<app::Neighbour> found;
        for (const auto& entry : state_.databases) {
            const app::Database& database = entry.second;
            const bool shares =
                database.place && std::any_of(places.begin(), places.end(), [&](const auto& each) {
                    return is_shared(each, *database.place);
                });
            if (shares) found.push_back({database.id, *database.place, database.protection});
        }
        return found;
    }
    Done set_place(const DatabaseId& id, const app::Place& place,
                   const std::optional<app::Place>& seen) override {
        MIM_FAKE_CALL(state_, "databases.set_place");
        const auto found = state_.databases.find(id);
        if (found == state_.databases.end()) return {};
        auto& now = found->second.place;
        const bool unchanged =
            seen ? now && now->db_name == seen->db_name && now->hosts == seen->hosts : !now;
        if (unchanged) now = place;
        return {};
    }
    Done set_seen_server(const DatabaseId& id, const app::SeenServer& seen,
                         const std::optional<app::SeenServer>& before) override {
        MIM_FAKE_CALL(state_, "databases.set_seen_server");
        const auto found = state_.databases.find(id);
        if (found == state_.databases.end()) return {};
        auto& now = found->second.seen_server;
        if (now == before) now = seen;
        return {};
    }
    Done set_protection(const DatabaseId& id, app::Protection protection, Timestamp now) override {
        MIM_FAKE_CALL(state_, "databases.set_protection");
        const auto found = state_.databases.find(id);
        if (found == state_.databases.end()) return not_found();
        found->second.protection = protection;
        found->second.updated_at = now;
        return {};
    }
    Done remove(const DatabaseId& id) override {
        MIM_FAKE_CALL(state_, "databases.remove");
        if (const auto active = active_sync(state_, id)) return app::sync_is_active(active);
        state_.databases.erase(id);
        state_.made_collections.erase(id);
        std::erase_if(state_.definitions, [&](const auto& entry) { return entry.second.database == id; });
        std::erase_if(state_.syncs, [&](const auto& entry) { return entry.second.sync.database == id; });
        return {};
    }
    Result<app::Removal> discard(const DatabaseId& id, const app::Discard& discard) override {
        MIM_FAKE_CALL(state_, "databases.discard");
        if (const auto active = active_sync(state_, id)) return app::sync_is_active(active);
        const auto found = state_.databases.find(id);
        if (found == state_.databases.end()) return app::Removal::nothing_there;
        MemoryState::Trashed trashed{.entry = {.id = discard.as,
                                               .kind = app::TrashKind::database,
                                               .deleted_at = discard.at,
                                               .deleted_by = discard.by,
                                               .name = found->second.name,
                                               .database = id},
                                     .database = found->second};
        for (const auto& [key, definition] : state_.definitions) {
            if (definition.database == id) trashed.definitions.push_back(definition);
        }
        trashed.entry.definitions = static_cast<std::int64_t>(trashed.definitions.size());
        trashed.notes = state_.made_collections[id];
        state_.trash.emplace(discard.as, std::move(trashed));
        state_.databases.erase(id);
        state_.made_collections.erase(id);
        std::erase_if(state_.definitions, [&](const auto& entry) { return entry.second.database == id; });
        std::erase_if(state_.syncs, [&](const auto& entry) { return entry.second.sync.database == id; });
        return app::Removal::done;
    }

  private:
    bool is_taken(const app::Database& database) const {
        return std::any_of(state_.databases.begin(), state_.databases.end(), [&](const auto& entry) {
            return entry.first != database.id && look_alike(entry.second.name, database.name);
        });
    }
    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::DatabaseStore> create_memory_databases(MemoryState& state) {
    return std::make_unique<MemoryDatabases>(state);
}

}  // namespace mim::fakes
