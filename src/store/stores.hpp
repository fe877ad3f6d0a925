// All stores of one engine.
#pragma once

#include <memory>

#include "app/ports/api_key_store.hpp"
#include "app/ports/audit_store.hpp"
#include "app/ports/database_store.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/invite_store.hpp"
#include "app/ports/job_feed.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/trash_store.hpp"
#include "app/ports/user_store.hpp"

namespace mim::store {

struct Stores {
    std::unique_ptr<app::UserStore> users;
    std::unique_ptr<app::TokenFamilyStore> token_families;
    std::unique_ptr<app::DatabaseStore> databases;
    std::unique_ptr<app::DefinitionStore> definitions;
    std::unique_ptr<app::CollectionStore> collections;
    std::unique_ptr<app::SyncStore> syncs;
    std::unique_ptr<app::SyncProgressStore> progress;
    std::unique_ptr<app::JobFeed> feed;
    std::unique_ptr<app::InviteStore> invites;
    std::unique_ptr<app::ApiKeyStore> api_keys;
    std::unique_ptr<app::AuditStore> audit;
    std::unique_ptr<app::TrashStore> trash;
};

}  // namespace mim::store
