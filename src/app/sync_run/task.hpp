// One operation of the plan under way, and its record.
#pragma once

#include "app/model/sync.hpp"

namespace mim::app {

struct Task {
    index::Operation operation;
    SyncRecord record;  // as it is stored; its position changes when the remaining ones are planned anew
};

}  // namespace mim::app
