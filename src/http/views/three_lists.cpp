#include <algorithm>

#include "http/views/views.hpp"

namespace mim::http {

void tell_in_three_lists(index::CollectionComparison& comparison) {
    for (const index::Changed& changed : comparison.changed) {
        comparison.missing.push_back({changed.desired, changed.registry});
        comparison.redundant.push_back({changed.live, changed.database});
    }
    std::ranges::stable_sort(
        comparison.missing, {},
        [](const index::Missing& each) -> const auto& { return each.desired.spec.name; });
    std::ranges::stable_sort(
        comparison.redundant, {},
        [](const index::Redundant& each) -> const auto& { return each.live.spec.name; });
}

}  // namespace mim::http
