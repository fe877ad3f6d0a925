// An index as the catalog takes it in.
#pragma once

#include "index/rules/rules.hpp"

namespace mim::sandbox::catalog {

// The stored form of what a user asks for, given a document that the rules have accepted. To the domain a
// specification with `v` is one that was stored before and inherits no collation any more; a user may write
// v: 2 and still inherits.
[[nodiscard]] index::Spec new_index(bson::DocumentView document, const index::RuleContext& context);

}  // namespace mim::sandbox::catalog
