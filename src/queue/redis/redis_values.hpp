// Values out of the scripts' answers.
#pragma once

#include "app/ports/job_queue.hpp"
#include "drivers/redis/reply.hpp"

namespace mim::queue {

[[nodiscard]] Error damaged_reply();
// A number that came as a number or as a text.
[[nodiscard]] std::int64_t number_of(const redis::Reply& reply);
// lease_lost when the script answered nothing: the job is not held under this lease.
[[nodiscard]] Done held_or_lost(const Result<redis::Reply>& reply);
// The arguments that every script on a held job begins with.
[[nodiscard]] std::vector<std::string> holder(const app::Lease& lease);

}  // namespace mim::queue
