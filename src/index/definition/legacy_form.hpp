// What old servers and those that only speak MongoDB's protocol keep in an index, and no MongoDB takes today:
// such an index is compared, imported and built again in the form that means the same. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/definition/spec.hpp"

namespace mim::index {

// The key with 1 for every value that is neither a number that counts nor a kind of index: true, null, "", 0.
// The servers that took them let them ascend. None where there is no such value.
[[nodiscard]] std::optional<bson::Document> modern_key(bson::DocumentView key);

// An option without effect, which is refused today: `safe`, which old drivers sent along.
[[nodiscard]] bool is_legacy_option(std::string_view name);

// What of it a definition says otherwise, each a sentence for people; none for most indexes.
[[nodiscard]] std::vector<std::string> legacy_parts(const Spec& listed);

}  // namespace mim::index
