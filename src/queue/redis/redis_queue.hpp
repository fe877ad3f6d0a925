// The JobQueue on Redis: a stream with a consumer group, and one script for each step, see scripts.hpp. Many
// processes on many machines may share it. The store stays the truth: a job is dropped when its sync has
// ended there, and its fence is lifted above the greatest that the store has seen for it. So Redis may lose
// its data; `offer` brings the jobs back.
#pragma once

#include <memory>

#include "app/ports/dead_letters.hpp"
#include "app/ports/sync_store.hpp"
#include "queue/redis/script_runner.hpp"

namespace mim::queue {

struct RedisQueueOptions {
    int most_leases = 0;  // of all processes together; 0 = any number
};

// `syncs` must outlive the queue. `interrupt` is for good: no later `wait` waits.
[[nodiscard]] std::unique_ptr<app::JobQueue> create_redis_queue(std::shared_ptr<ScriptRunner> redis,
                                                                app::SyncStore& syncs,
                                                                RedisQueueOptions options = {});
// Keeps the ten thousand newest.
[[nodiscard]] std::unique_ptr<app::DeadLetters> create_redis_dead_letters(
    std::shared_ptr<ScriptRunner> redis);

}  // namespace mim::queue
