// The stores on one database of a MongoDB deployment; any number of processes may share it. The stores are
// thread-safe and block. Transactions are needed, and so a replica set (one of a single member will do) or a
// sharded cluster.
#pragma once

#include <memory>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "drivers/mongoc/own_database.hpp"
#include "store/archive.hpp"
#include "store/stored_uris.hpp"
#include "store/stores.hpp"

namespace mim::store {

namespace mongodb {
class Link;
}

struct MongoDeployment {
    Secret uri;  // mongodb://…/DATABASE; without one it is "db_manager"
    int most_connections = 40;
    std::chrono::milliseconds server_selection{5'000};  // for each server, to be found
    // For one command, and so for a primary to be elected, which takes twelve seconds unless somebody set
    // other terms.
    std::chrono::milliseconds patience{15'000};
    // Told of every server of it that greets; or none.
    std::shared_ptr<drivers::mongoc::KnownServers> servers = nullptr;
};

// Reaches the deployment and brings the database up to date. Every failure is one line without credentials:
// invalid_input (field "uri"); not_ready: it cannot be reached; store_failed: it lacks what we need, or its
// schema is newer than this binary.
[[nodiscard]] Result<std::shared_ptr<mongodb::Link>> open_mongodb(const MongoDeployment& deployment,
                                                                  const Clock& clock);
// Its name.
[[nodiscard]] std::string database_of(const mongodb::Link& link);
// Whether it answers at all.
Done ping(mongodb::Link& link);

// Each keeps the connections alive.
[[nodiscard]] std::unique_ptr<app::UserStore> create_mongodb_user_store(std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::TokenFamilyStore> create_mongodb_token_family_store(
    std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::DatabaseStore> create_mongodb_database_store(
    std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::DefinitionStore> create_mongodb_definition_store(
    std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::CollectionStore> create_mongodb_collection_store(
    std::shared_ptr<mongodb::Link> link);
// Stores no job: a queue outside of the store is fed from the job feed.
[[nodiscard]] std::unique_ptr<app::SyncStore> create_mongodb_sync_store(std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::SyncProgressStore> create_mongodb_sync_progress_store(
    std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::JobFeed> create_mongodb_job_feed(std::shared_ptr<mongodb::Link> link);

[[nodiscard]] std::unique_ptr<app::ApiKeyStore> create_mongodb_api_key_store(
    std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::AuditStore> create_mongodb_audit_store(
    std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<app::InviteStore> create_mongodb_invite_store(
    std::shared_ptr<mongodb::Link> link);

[[nodiscard]] std::unique_ptr<app::TrashStore> create_mongodb_trash_store(
    std::shared_ptr<mongodb::Link> link);

[[nodiscard]] std::unique_ptr<StoredUris> create_mongodb_stored_uris(std::shared_ptr<mongodb::Link> link);
[[nodiscard]] std::unique_ptr<Archive> create_mongodb_archive(std::shared_ptr<mongodb::Link> link);

[[nodiscard]] Stores create_mongodb_stores(const std::shared_ptr<mongodb::Link>& link);

}  // namespace mim::store
