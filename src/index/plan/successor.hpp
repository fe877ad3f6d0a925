// Which build of a plan takes over the work of an index that the same plan drops.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/plan/operation.hpp"

namespace mim::index {

// Borrows the operations as they are at construction, from `first` on, all of one collection.
class Successors {
  public:
    Successors(const PlanScope& scope, const std::vector<Operation>& operations, std::size_t first);

    // Position of the create whose index serves every query that `dropped` serves: the same key with other
    // properties, or one that covers it. The drop then waits for its success. None when there is no such
    // build.
    [[nodiscard]] std::optional<std::size_t> of(const LiveIndex& dropped) const;

  private:
    struct Built {
        std::size_t position;
        Spec spec;
    };
    const PlanScope& scope_;
    std::unordered_map<std::string, std::vector<Built>> by_first_field_;
};

}  // namespace mim::index
