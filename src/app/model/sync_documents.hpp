// The nested parts of a sync and its records as BSON, for every store alike.
#pragma once

#include <optional>
#include <vector>

#include "app/model/sync.hpp"

namespace mim::app {

// The document behind an array. Reading answers none when it was not written by the function beside it.
[[nodiscard]] bson::Document to_document(const std::vector<index::DuplicateGroup>& groups);
[[nodiscard]] std::optional<std::vector<index::DuplicateGroup>> duplicate_groups_of(
    bson::DocumentView stored);

[[nodiscard]] bson::Document to_document(const Restoration& restoration);
[[nodiscard]] std::optional<Restoration> restoration_of(bson::DocumentView stored);

}  // namespace mim::app
