// The nested parts of a sync and its records as BSON, for every store alike.
#pragma once

#include <optional>

#include "app/model/sync.hpp"

namespace mim::app {

[[nodiscard]] bson::Document to_document(const Restoration& restoration);
// None when it was not written by the function above.
[[nodiscard]] std::optional<Restoration> restoration_of(bson::DocumentView stored);

}  // namespace mim::app
