// The registry's collections and the live ones as one list.
#pragma once

#include "app/collections.hpp"

namespace mim::app {

// Their union by name, filtered by `page.query`, one page of it.
[[nodiscard]] Page<CollectionRow> live_page(const std::vector<CollectionSummary>& managed,
                                            const std::vector<index::LiveCollection>& live,
                                            const PageRequest& page);

}  // namespace mim::app
