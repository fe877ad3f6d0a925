// Everything that a store holds, item by item, for moving to another engine. Not for a store in use: what
// changes meanwhile is not seen. Blocking; for one thread at a time. Errors: those of a store.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/model/api_key.hpp"
#include "app/model/audit.hpp"
#include "app/model/database.hpp"
#include "app/model/definition.hpp"
#include "app/model/invite.hpp"
#include "app/model/made_collection.hpp"
#include "app/model/sync.hpp"
#include "app/model/trash.hpp"
#include "app/model/user.hpp"
#include "base/result.hpp"

namespace mim::store {

struct ArchivedFamily {
    app::TokenFamily family;
    app::FamilyState state = app::FamilyState::live;
};

enum class CancelRequested { no, yes };
struct ArchivedSync {
    app::Sync sync;  // with its records
    CancelRequested cancel = CancelRequested::no;
};

// A change that was announced, and whose outcome is not written yet.
struct ArchivedIntent {
    app::AuditEntry entry;
};

// An entry of the trash with all that would come back with it.
struct ArchivedTrash {
    app::TrashEntry entry;
    std::optional<app::Database> database{};  // what was deleted, of an entry of this kind
    std::optional<app::User> account{};       // the same
    std::vector<app::Definition> definitions{};
    std::vector<app::MadeCollection> made_collections{};
};

// The alternatives stand in the order in which they must be written: a definition needs its database.
using Item =
    std::variant<app::User, ArchivedFamily, app::Database, app::Definition, ArchivedSync, app::Invite,
                 app::ApiKey, app::AuditEntry, ArchivedIntent, app::MadeCollection, ArchivedTrash>;
enum class Kind {
    users,
    token_families,
    databases,
    definitions,
    syncs,
    invites,
    api_keys,
    audit_entries,
    audit_intents,
    made_collections,
    trash
};
inline constexpr Kind all_kinds[] = {
    Kind::users,         Kind::token_families,   Kind::databases, Kind::definitions,
    Kind::syncs,         Kind::invites,          Kind::api_keys,  Kind::audit_entries,
    Kind::audit_intents, Kind::made_collections, Kind::trash};
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] const std::string& id_of(const Item& item);
// Every field of it, with an active sync's job left out; equal exactly when two items are.
[[nodiscard]] std::string bytes_of(const Item& item);

class Archive {
  public:
    virtual ~Archive() = default;
    // Up to `limit` items whose ids come after `after` (empty = from the first), by id.
    virtual Result<std::vector<Item>> read(Kind kind, const std::string& after, std::size_t limit) = 0;
    // Each new, or in the place of the one with its id; an entry of the audit log only new. already_exists:
    // another item, which is not of this source, has its name.
    virtual Done write(std::span<const Item> items) = 0;
};

}  // namespace mim::store
