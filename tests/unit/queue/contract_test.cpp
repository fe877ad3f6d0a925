#include "contract/job_queue_contract.hpp"
#include "unit/queue/queue_world.hpp"

namespace mim::contract {

using Worlds = ::testing::Types<queue::QueueWorld>;
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, JobQueueContract, Worlds);

}  // namespace mim::contract
