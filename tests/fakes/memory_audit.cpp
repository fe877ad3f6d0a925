#include <algorithm>

#include "fakes/memory_state.hpp"
#include "fakes/memory_store.hpp"

namespace mim::fakes {
namespace {

template <class T>
bool agrees(const std::optional<T>& wanted, const std::optional<T>& found) {
    return !wanted || wanted == found;
}

bool fits(const app::AuditFilter& filter, const app::AuditEntry& entry) {
    return agrees(filter.database, entry.database) &&
           (filter.users.empty() ||
            std::ranges::find(filter.users, entry.actor.user) != filter.users.end()) &&
           (!filter.action || *filter.action == entry.action) &&
           (!filter.outcome || *filter.outcome == entry.outcome) &&
           (!filter.from || entry.at >= *filter.from) && (!filter.to || entry.at < *filter.to);
}

class MemoryAudit final : public app::AuditStore {
  public:
    explicit MemoryAudit(MemoryState& state) : state_(state) {}

    Done begin(const app::AuditEntry& intent) override {
        MIM_FAKE_CALL(state_, "audit.begin");
        state_.audit_intents.insert_or_assign(intent.id, intent);
        return {};
    }
    Done append(const app::AuditEntry& entry) override {
        MIM_FAKE_CALL(state_, "audit.append");
        if (!state_.audit.emplace(entry.id, entry).second) return taken("id");
        state_.audit_intents.erase(entry.id);
        return {};
    }
    Done withdraw(const AuditEntryId& intent) override {
        MIM_FAKE_CALL(state_, "audit.withdraw");
        state_.audit_intents.erase(intent);
        return {};
    }
    Result<std::vector<app::AuditEntry>> begun_before(Timestamp time, std::size_t limit) override {
        MIM_FAKE_CALL(state_, "audit.begun_before");
        std::vector<app::AuditEntry> found;
        for (const auto& [id, intent] : state_.audit_intents) {
            if (intent.began_at < time) found.push_back(intent);
        }
        std::ranges::sort(found, {}, [](const app::AuditEntry& each) { return each.began_at; });
        if (found.size() > limit)
            found.erase(found.begin() + static_cast<std::ptrdiff_t>(limit), found.end());
        return found;
    }
    Result<app::Page<app::AuditEntry>> list(const app::AuditFilter& filter,
                                            const app::PageRequest& page) override {
        MIM_FAKE_CALL(state_, "audit.list");
        auto found = oldest_first(filter);
        std::ranges::reverse(found);
        return page_of(found, page);
    }
    Result<std::vector<app::AuditEntry>> read(const app::AuditFilter& filter,
                                              const std::optional<app::AuditPlace>& after,
                                              std::size_t limit) override {
        MIM_FAKE_CALL(state_, "audit.read");
        std::vector<app::AuditEntry> found;
        for (auto& entry : oldest_first(filter)) {
            const bool behind = !after || std::pair(entry.at, entry.id) > std::pair(after->at, after->id);
            if (behind && found.size() < limit) found.push_back(std::move(entry));
        }
        return found;
    }

  private:
    std::vector<app::AuditEntry> oldest_first(const app::AuditFilter& filter) const {
        std::vector<app::AuditEntry> found;
        for (const auto& [id, entry] : state_.audit) {
            if (fits(filter, entry)) found.push_back(entry);
        }
        std::ranges::sort(found, {}, [](const app::AuditEntry& each) { return std::pair(each.at, each.id); });
        return found;
    }
    MemoryState& state_;
};

}  // namespace

std::unique_ptr<app::AuditStore> create_memory_audit(MemoryState& state) {
    return std::make_unique<MemoryAudit>(state);
}

}  // namespace mim::fakes
