// The ports of app, each call measured. `calls` is copied; a null port stays null.
#pragma once

#include <memory>

#include "app/ports/database_store.hpp"
#include "app/ports/dead_letters.hpp"
#include "app/ports/definition_store.hpp"
#include "app/ports/job_feed.hpp"
#include "app/ports/job_queue.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/target.hpp"
#include "app/ports/user_store.hpp"
#include "observe/ports/calls.hpp"

namespace mim::observe {

[[nodiscard]] std::unique_ptr<app::UserStore> measured(std::unique_ptr<app::UserStore> port, Calls calls);
[[nodiscard]] std::unique_ptr<app::TokenFamilyStore> measured(std::unique_ptr<app::TokenFamilyStore> port,
                                                              Calls calls);
[[nodiscard]] std::unique_ptr<app::DatabaseStore> measured(std::unique_ptr<app::DatabaseStore> port,
                                                           Calls calls);
[[nodiscard]] std::unique_ptr<app::DefinitionStore> measured(std::unique_ptr<app::DefinitionStore> port,
                                                             Calls calls);
[[nodiscard]] std::unique_ptr<app::CollectionStore> measured(std::unique_ptr<app::CollectionStore> port,
                                                             Calls calls);
// The span of `submit` points to the trace of the sync's runs.
[[nodiscard]] std::unique_ptr<app::SyncStore> measured(std::unique_ptr<app::SyncStore> port, Calls calls);
// `finish` is how the transaction of the run ends.
[[nodiscard]] std::unique_ptr<app::SyncProgressStore> measured(std::unique_ptr<app::SyncProgressStore> port,
                                                               Calls calls);
[[nodiscard]] std::unique_ptr<app::JobFeed> measured(std::unique_ptr<app::JobFeed> port, Calls calls);
// All but its waiting.
[[nodiscard]] std::unique_ptr<app::JobQueue> measured(std::unique_ptr<app::JobQueue> port, Calls calls);
[[nodiscard]] std::unique_ptr<app::DeadLetters> measured(std::unique_ptr<app::DeadLetters> port, Calls calls);
// And what it opens.
[[nodiscard]] std::unique_ptr<app::Targets> measured(std::unique_ptr<app::Targets> port, Calls calls);

}  // namespace mim::observe
