// The options of a canonical form. Private to this room.
#pragma once

#include "index/canonical/canonical.hpp"
#include "index/definition/key_type.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

[[nodiscard]] std::map<std::string, CanonicalOption> canonical_options(const Spec& spec, KeyType type,
                                                                       const RuleContext& context);
// The filter as MongoDB compares it: parsed, merged, sorted.
[[nodiscard]] std::string filter_text(bson::DocumentView filter);
// Options in which MongoDB never sees a difference: the versions of text and 2dsphere indexes.
[[nodiscard]] bool is_index_version_option(std::string_view option);

}  // namespace mim::index
