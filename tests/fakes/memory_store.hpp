// Every port of the store and the queue, in memory. Behaves as the contract suites say; records its calls and
// can be told to fail. Thread-safe.
#pragma once

#include <memory>

#include "app/ports/api_key_store.hpp"
#include "app/ports/audit_store.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/invite_store.hpp"
#include "app/ports/job_queue.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/trash_store.hpp"
#include "app/ports/user_store.hpp"
#include "base/clock.hpp"
#include "fakes/faults.hpp"

namespace mim::fakes {

struct MemoryState;

[[nodiscard]] std::unique_ptr<app::UserStore> create_memory_users(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::TokenFamilyStore> create_memory_families(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::InviteStore> create_memory_invites(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::ApiKeyStore> create_memory_api_keys(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::AuditStore> create_memory_audit(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::TrashStore> create_memory_trash(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::DatabaseStore> create_memory_databases(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::DefinitionStore> create_memory_definitions(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::CollectionStore> create_memory_collections(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::SyncStore> create_memory_syncs(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::SyncProgressStore> create_memory_progress(MemoryState& state);
[[nodiscard]] std::unique_ptr<app::JobQueue> create_memory_queue(MemoryState& state);

class MemoryStore {
  public:
    explicit MemoryStore(const Clock& clock);
    ~MemoryStore();

    app::UserStore& users() { return *users_; }
    app::TokenFamilyStore& families() { return *families_; }
    app::InviteStore& invites() { return *invites_; }
    app::ApiKeyStore& api_keys() { return *api_keys_; }
    app::AuditStore& audit() { return *audit_; }
    app::TrashStore& trash() { return *trash_; }
    app::DatabaseStore& databases() { return *databases_; }
    app::DefinitionStore& definitions() { return *definitions_; }
    app::CollectionStore& collections() { return *collections_; }
    app::SyncStore& syncs() { return *syncs_; }
    app::SyncProgressStore& progress() { return *progress_; }
    app::JobQueue& queue() { return *queue_; }
    Faults& faults();

  private:
    std::unique_ptr<MemoryState> state_;
    std::unique_ptr<app::UserStore> users_;
    std::unique_ptr<app::TokenFamilyStore> families_;
    std::unique_ptr<app::InviteStore> invites_;
    std::unique_ptr<app::ApiKeyStore> api_keys_;
    std::unique_ptr<app::AuditStore> audit_;
    std::unique_ptr<app::TrashStore> trash_;
    std::unique_ptr<app::DatabaseStore> databases_;
    std::unique_ptr<app::DefinitionStore> definitions_;
    std::unique_ptr<app::CollectionStore> collections_;
    std::unique_ptr<app::SyncStore> syncs_;
    std::unique_ptr<app::SyncProgressStore> progress_;
    std::unique_ptr<app::JobQueue> queue_;
};

}  // namespace mim::fakes
