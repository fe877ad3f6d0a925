// The store that the settings name, opened: the embedded file, or a MongoDB deployment.
#pragma once

#include <functional>

#include "drivers/sqlite/connections.hpp"
#include "main/settings.hpp"
#include "store/stores.hpp"

namespace mim::main {

struct OpenStore {
    // Of the embedded store, for the queue that shares it; else none.
    std::shared_ptr<sqlite::Connections> file;
    store::Stores stores;
    std::function<Done()> answers;  // for readiness
};

// Makes it at first start, and brings its schema up to date. One line without credentials: invalid_input
// (field
// "--store"), store_failed, not_ready when the deployment cannot be reached.
[[nodiscard]] Result<OpenStore> open_store(const ServeSettings& settings);

}  // namespace mim::main
