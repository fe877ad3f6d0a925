// One operation of the plan under way, and its record.
#pragma once

#include "app/model/sync.hpp"

namespace mim::app {

struct Task {
    index::Operation operation;
    SyncRecord record;  // as it is stored; its position changes when the remaining ones are planned anew
    enum class Duplicates { not_looked_for, looked_for } duplicates = Duplicates::not_looked_for;
    bool outcome_open = false;  // asked of the target, and the run was halted before its outcome was known
};

}  // namespace mim::app
