#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

using Table = std::map<DefinitionId, app::Definition>;

Done check_unique(const Table& table, const app::Definition& one) {
    for (const auto& [id, other] : table) {
        if (id == one.id || other.database != one.database || other.collection != one.collection) continue;
        if (other.spec.name == one.spec.name) return taken("name");
        if (other.signature == one.signature) return taken("keys");
    }
    return {};
}

class MemoryDefinitions final : public app::DefinitionStore {
  public:
    explicit MemoryDefinitions(MemoryState& state) : state_(state) {}

    Done create(const app::Definition& definition) override {
        MIM_FAKE_CALL(state_, "definitions.create");
        return insert(state_.definitions, definition);
    }
    Result<app::Definition> get(const DefinitionId& id) override {
        MIM_FAKE_CALL(state_, "definitions.get");
        const auto found = state_.definitions.find(id);
        if (found == state_.definitions.end()) return not_found();
        return found->second;
    }
    Done update(const app::Definition& definition) override {
        MIM_FAKE_CALL(state_, "definitions.update");
        return replace(state_.definitions, definition);
    }
    Result<app::Page<app::Definition>> list(const DatabaseId& database, const std::string& collection,
                                            const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "definitions.list");
        std::vector<app::Definition> found = sorted(database, {{collection}});
        std::erase_if(found, [&](const app::Definition& one) {
            return !holds_any_case(one.spec.name, page.query) && !holds_any_case(one.signature, page.query);
        });
        std::sort(found.begin(), found.end(), [](const app::Definition& left, const app::Definition& right) {
            return std::tie(left.created_at, left.id) > std::tie(right.created_at, right.id);
        });
        return page_of(found, page);
    }
    Result<std::vector<app::Definition>> all_of(
        const DatabaseId& database, const std::optional<std::vector<std::string>>& collections) override {
        MIM_FAKE_CALL(state_, "definitions.all_of");
        return sorted(database, collections);
    }
    Done change(const app::DefinitionChanges& changes) override {
        MIM_FAKE_CALL(state_, "definitions.change");
        Table next = state_.definitions;
        for (const app::Definition& expected : changes.expected) {
            const auto found = next.find(expected.id);
            if (found == next.end() || !app::stands_as(found->second, expected))
                return app::not_as_expected();
        }
        for (const DefinitionId& id : changes.removals) next.erase(id);
        for (const app::Definition& definition : changes.updates) MIM_CHECK(replace(next, definition));
        for (const app::Definition& definition : changes.creations) MIM_CHECK(insert(next, definition));
        state_.definitions = std::move(next);
        return {};
    }

  private:
    Done insert(Table& table, const app::Definition& definition) const {
        if (!state_.databases.contains(definition.database)) return not_found();
        MIM_CHECK(check_unique(table, definition));
        table.insert_or_assign(definition.id, definition);
        return {};
    }
    static Done replace(Table& table, const app::Definition& definition) {
        if (!table.contains(definition.id)) return not_found();
        MIM_CHECK(check_unique(table, definition));
        table.insert_or_assign(definition.id, definition);
        return {};
    }
    std::vector<app::Definition> sorted(const DatabaseId& database,
                                        const std::optional<std::vector<std::string>>& collections) const {
        std::vector<app::Definition> found;
        for (const auto& [id, one] : state_.definitions) {
            const bool wanted = !collections || std::find(collections->begin(), collections->end(),
                                                          one.collection) != collections->end();
            if (one.database == database && wanted) found.push_back(one);
        }
        std::sort(found.begin(), found.end(), [](const app::Definition& left, const app::Definition& right) {
            return std::tie(left.collection, left.spec.name) < std::tie(right.collection, right.spec.name);
        });
        return found;
    }
    MemoryState& state_;
};

class MemoryCollections final : public app::CollectionStore {
  public:
    explicit MemoryCollections(MemoryState& state) : state_(state) {}

    Result<app::Page<app::CollectionSummary>> collections(const DatabaseId& database,
                                                          const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "collections.collections");
        std::map<std::string, std::int64_t> counts;
        for (const auto& [id, one] : state_.definitions) {
            if (one.database == database && holds_any_case(one.collection, page.query))
                ++counts[one.collection];
        }
        if (const auto made = state_.made_collections.find(database); made != state_.made_collections.end()) {
            for (const std::string& name : made->second) {
                if (holds_any_case(name, page.query)) counts.try_emplace(name, 0);
            }
        }
        std::vector<app::CollectionSummary> found;
        for (const auto& [name, count] : counts) found.push_back({name, count});
        return page_of(found, page);
    }
    Done note_made(const app::MadeCollection& made) override {
        MIM_FAKE_CALL(state_, "collections.note_made");
        if (!state_.databases.contains(made.database)) return not_found();
        state_.made_collections[made.database].insert(made.name);
        return {};
    }
    Done rename_collection(const DatabaseId& database, const std::string& from,
                           const std::string& to) override {
        MIM_FAKE_CALL(state_, "collections.rename");
        const auto in = [&](const std::string& name) {
            return [&](const auto& entry) {
                return entry.second.database == database && entry.second.collection == name;
            };
        };
        if (std::any_of(state_.definitions.begin(), state_.definitions.end(), in(to)))
            return taken("new_collection");
        for (auto& entry : state_.definitions) {
            if (in(from)(entry)) entry.second.collection = to;
        }
        auto& made = state_.made_collections[database];
        if (made.erase(from) > 0) made.insert(to);
        return {};
    }
    Done remove_collection(const DatabaseId& database, const std::string& collection,
                           const app::Discard& discard) override {
        MIM_FAKE_CALL(state_, "collections.remove");
        MemoryState::Trashed trashed{.entry = {.id = discard.as,
                                               .kind = app::TrashKind::definitions,
                                               .deleted_at = discard.at,
                                               .deleted_by = discard.by,
                                               .name = collection,
                                               .database = database}};
        for (const auto& [id, definition] : state_.definitions) {
            if (definition.database == database && definition.collection == collection)
                trashed.definitions.push_back(definition);
        }
        trashed.entry.definitions = static_cast<std::int64_t>(trashed.definitions.size());
        if (state_.made_collections[database].contains(collection)) trashed.notes.insert(collection);
        if (!trashed.definitions.empty()) state_.trash.emplace(discard.as, std::move(trashed));
        std::erase_if(state_.definitions, [&](const auto& entry) {
            return entry.second.database == database && entry.second.collection == collection;
        });
        state_.made_collections[database].erase(collection);
        return {};
    }

  private:
    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::DefinitionStore> create_memory_definitions(MemoryState& state) {
    return std::make_unique<MemoryDefinitions>(state);
}
std::unique_ptr<app::CollectionStore> create_memory_collections(MemoryState& state) {
    return std::make_unique<MemoryCollections>(state);
}

}  // namespace mim::fakes
