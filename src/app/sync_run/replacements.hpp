// A replacement drops an index and builds another in its place. What an earlier worker left between the two
// is settled here: the next plan ends with the new index or the old one, whatever was interrupted.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/model/sync.hpp"
#include "index/comparison/comparison.hpp"

namespace mim::app {

// An index dropped for a definition that was not built since.
struct LostIndex {
    DefinitionId definition;
    std::string collection;
    index::Spec spec;  // builds it again
};
[[nodiscard]] std::vector<LostIndex> lost_in(const std::vector<SyncRecord>& records);
[[nodiscard]] std::vector<std::string> names_of(const std::vector<LostIndex>& lost);  // "orders.a_1"

struct TakeoverPlan {
    index::Plan plan;
    std::map<std::size_t, index::Operation> lost;  // position of a create → what it failed to replace before
};

// The plan of a run that may have had predecessors. A definition whose old index was dropped for it is built
// whatever the sync says about missing ones: to this sync it was a changed one.
[[nodiscard]] TakeoverPlan plan_after(const std::vector<LostIndex>& lost,
                                      std::vector<index::CollectionComparison> comparisons,
                                      const index::PlanOptions& options);

}  // namespace mim::app
