#include "contract/dead_letters_contract.hpp"
#include "contract/job_queue_contract.hpp"
#include "unit/queue/queue_world.hpp"
#include "unit/queue/redis_world.hpp"

namespace mim::contract {

using Sqlite = ::testing::Types<queue::QueueWorld>;
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, JobQueueContract, Sqlite);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, DeadLettersContract, Sqlite);

using Redis = ::testing::Types<queue::RedisWorld>;
INSTANTIATE_TYPED_TEST_SUITE_P(Redis, JobQueueContract, Redis);
INSTANTIATE_TYPED_TEST_SUITE_P(Redis, DeadLettersContract, Redis);

}  // namespace mim::contract
