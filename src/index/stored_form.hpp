// A spec as MongoDB's catalog holds it and listIndexes shows it: text keys rewritten to _fts/_ftsx with weights and
// language defaults, collation expanded to all its fields, false `unique`/`hidden` removed, 2dsphereIndexVersion
// filled in, v:2. Source: semantics sections 2 and 3. Idempotent. Only for specs that pass `check`.
#pragma once

#include "index/rules.hpp"

namespace mim::index {

[[nodiscard]] Spec stored_form(const Spec& spec, const RuleContext& context);

// The ten fields of a collation written out, given what the user wrote. Source: semantics section 2.3.
[[nodiscard]] bson::Document expand_collation(bson::DocumentView collation);

// From a listing back to what a user would define: text fields from weights, expanded collation reduced, server-filled
// versions dropped. stored_form(user_form(x)) is equivalent to x.
[[nodiscard]] Spec user_form(const Spec& listed);

}  // namespace mim::index
