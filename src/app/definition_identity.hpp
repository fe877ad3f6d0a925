// Makes a Definition from a spec: derives what the registry keeps unique.
#pragma once

#include "app/model/definition.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {

// The registry speaks of collections that need not exist yet, on servers it has not met: it judges by the
// newest rules.
inline constexpr index::ServerVersion newest_server{8, 0};
[[nodiscard]] index::RuleContext registry_rules();

// The default name when `spec.name` is empty; `signature` by the rules of the newest server supported.
[[nodiscard]] Definition make_definition(const DatabaseId& database, std::string collection, index::Spec spec,
                                         Timestamp now);
// The same identity fields for a changed spec of an existing definition.
void replace_spec(Definition& definition, index::Spec spec, Timestamp now);

}  // namespace mim::app
