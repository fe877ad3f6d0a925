// Makes a Definition from a spec: derives what the registry keeps unique.
#pragma once

#include "app/model/definition.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {

// The registry tells definitions apart by the rules of one version, whatever their targets run: a signature
// is stored, and must not change with them. What a definition may say is judged by definition_rules.hpp.
inline constexpr index::ServerVersion version_of_identity{8, 0};
[[nodiscard]] index::RuleContext registry_rules();

// The default name when `spec.name` is empty; `signature` by these rules.
[[nodiscard]] Definition make_definition(const DatabaseId& database, std::string collection, index::Spec spec,
                                         Timestamp now);
// The same identity fields for a changed spec of an existing definition.
void replace_spec(Definition& definition, index::Spec spec, Timestamp now);

}  // namespace mim::app
