// The store that the settings name, opened: the embedded file, or a MongoDB deployment.
#pragma once

#include <functional>
#include <optional>

#include "drivers/crypto/secret_box.hpp"
#include "drivers/files/file_lock.hpp"
#include "drivers/mongoc/own_database.hpp"
#include "drivers/sqlite/connections.hpp"
#include "main/settings.hpp"
#include "store/stored_uris.hpp"
#include "store/stores.hpp"

namespace mim::main {

struct OpenStore {
    // Of the embedded store, for the queue that shares it; else none.
    std::shared_ptr<sqlite::Connections> file;
    store::Stores stores;  // connection strings sealed
    std::unique_ptr<store::StoredUris> uris;
    std::function<Done()> answers;                   // for readiness
    std::optional<drivers::files::FileLock> in_use;  // of the embedded store
    // Of a deployment; of the embedded store none.
    std::shared_ptr<const drivers::mongoc::OwnDatabase> own = nullptr;
};

[[nodiscard]] std::filesystem::path embedded_store(const ServeSettings& settings);

// Makes it at first start, and brings its schema up to date. One line without credentials: invalid_input
// (field
// "--store"), store_failed, not_ready when the deployment cannot be reached.
[[nodiscard]] Result<OpenStore> open_store(const ServeSettings& settings,
                                           const drivers::crypto::SecretBox& box);

}  // namespace mim::main
