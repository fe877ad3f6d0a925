// What must hold of every sync that has ended, however it ended.
#pragma once

#include "world.hpp"

namespace mim::app {

// No record is under way; each final one agrees with what is live, and with the status of the sync.
void expect_truth(World& world, const SyncId& id);

}  // namespace mim::app
