#include "queue/redis/redis_values.hpp"

#include <charconv>

namespace mim::queue {

Error damaged_reply() {
    return {ErrorCode::store_failed, "what Redis holds for the queue cannot be read"};
}

std::int64_t number_of(const redis::Reply& reply) {
    if (reply.kind == redis::Reply::Kind::integer) return reply.integer;
    std::int64_t number = 0;
    std::from_chars(reply.text.data(), reply.text.data() + reply.text.size(), number);
    return number;
}

Done held_or_lost(const Result<redis::Reply>& reply) {
    if (!reply) return reply.error();
    if (reply->kind == redis::Reply::Kind::nothing)
        return Error(ErrorCode::lease_lost, "The lease on this job has ended");
    return {};
}

std::vector<std::string> holder(const app::Lease& lease) {
    return {lease.sync.text(), std::to_string(lease.fence), lease.worker};
}

}  // namespace mim::queue
