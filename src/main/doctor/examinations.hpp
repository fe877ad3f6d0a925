// The parts of `mim doctor`, each telling the report what it finds. None writes into a target, a store or a
// folder; each is bounded in time.
#pragma once

#include <memory>
#include <optional>

#include "app/ports/database_store.hpp"
#include "main/doctor/report.hpp"
#include "main/secret_keys.hpp"
#include "main/settings.hpp"
#include "main/store_opening.hpp"

namespace mim::main {

// The versions of what this program runs with.
void examine_libraries(Report& report);
// The judgement that `mim serve` or `mim worker` makes before it starts.
void examine_settings(Report& report, const ServeSettings& settings, Role role);

// The keys that sign tokens and those that seal; none when there are none yet, or none that can be used.
void examine_token_keys(Report& report, const ServeSettings& settings);
[[nodiscard]] std::optional<SecretKeys> examine_secret_keys(Report& report, const ServeSettings& settings);

// None when it cannot be read further, as it is not there, cannot be reached or is of another version.
[[nodiscard]] std::optional<OpenStore> examine_store(Report& report, const ServeSettings& settings,
                                                     const std::optional<SecretKeys>& keys);
// Whether the keys open every connection string.
void examine_seals(Report& report, OpenStore& store, const SecretKeys& keys);
void examine_queue(Report& report, const ServeSettings& settings, OpenStore* store);
// Every target in the store, several at once.
void examine_targets(Report& report, const ServeSettings& settings, app::DatabaseStore& databases);

}  // namespace mim::main
