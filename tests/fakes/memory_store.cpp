#include "fakes/memory_store.hpp"

#include <algorithm>

#include "drivers/icu/looks.hpp"
#include "fakes/memory_state.hpp"

namespace mim::fakes {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool same_letter(char left, char right) {
    return lower(left) == lower(right);
}

}  // namespace

bool same_any_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), same_letter);
}

bool look_alike(std::string_view left, std::string_view right) {
    const auto looks = icu::looks_of(left).value(), others = icu::looks_of(right).value();
    return std::find_first_of(looks.begin(), looks.end(), others.begin(), others.end()) != looks.end();
}

bool holds_any_case(std::string_view text, std::string_view part) {
    return part.empty() ||
           std::search(text.begin(), text.end(), part.begin(), part.end(), same_letter) != text.end();
}

Error not_found() {
    return {ErrorCode::not_found, "Resource not found"};
}

Error taken(std::string field) {
    Error error{ErrorCode::already_exists, "Resource conflict"};
    error.fields.push_back({std::move(field), "is taken"});
    return error;
}

std::optional<SyncId> active_sync(const MemoryState& state, const DatabaseId& database) {
    for (const auto& [id, stored] : state.syncs) {
        if (stored.sync.database == database && !app::is_finished(stored.sync.status)) return id;
    }
    return std::nullopt;
}

MemoryStore::MemoryStore(const Clock& clock)
    : state_(std::make_unique<MemoryState>(clock)),
      users_(create_memory_users(*state_)),
      families_(create_memory_families(*state_)),
      invites_(create_memory_invites(*state_)),
      api_keys_(create_memory_api_keys(*state_)),
      audit_(create_memory_audit(*state_)),
      trash_(create_memory_trash(*state_)),
      databases_(create_memory_databases(*state_)),
      definitions_(create_memory_definitions(*state_)),
      collections_(create_memory_collections(*state_)),
      syncs_(create_memory_syncs(*state_)),
      progress_(create_memory_progress(*state_)),
      queue_(create_memory_queue(*state_)) {}
MemoryStore::~MemoryStore() = default;

Faults& MemoryStore::faults() {
    return state_->faults;
}

}  // namespace mim::fakes
