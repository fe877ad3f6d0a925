#include "queue/redis/redis_queue.hpp"

#include <algorithm>

#include "queue/redis/redis_values.hpp"
#include "queue/redis/scripts.hpp"

namespace mim::queue {
namespace {

using redis::Reply;
using std::chrono::milliseconds;

// A job whose sync cannot be looked up rests this long, so that not every worker takes it in turn.
constexpr milliseconds rest_without_store{1'000};
// Leases end and delays pass without an entry in the stream: somebody must look.
constexpr milliseconds longest_sleep{5'000};

class RedisQueue final : public app::JobQueue {
  public:
    RedisQueue(std::shared_ptr<ScriptRunner> redis, app::SyncStore& syncs, RedisQueueOptions options)
        : redis_(std::move(redis)), syncs_(syncs), options_(options) {}

    Done offer(const std::vector<SyncId>& syncs) override {
        if (syncs.empty()) return {};
        ScriptCall call{scripts::offer, {}};
        for (const auto& sync : syncs) call.arguments.push_back(sync.text());
        MIM_CHECK(redis_->run(call));
        return {};
    }

    Result<std::optional<app::Lease>> lease(const std::string& worker, milliseconds lease_time) override {
        for (;;) {
            MIM_TRY(found, lease_next(worker, lease_time));
            if (!found) return std::optional<app::Lease>();
            auto stored = syncs_.without_records(found->sync);
            if (stored && !is_finished(stored->status)) return lifted(std::move(*found), stored->fence);
            if (!stored && stored.error().code != ErrorCode::not_found) {
                static_cast<void>(postpone(*found, rest_without_store));  // else its lease ends by itself
                return stored.error();
            }
            MIM_CHECK(complete(*found));  // cancelled or removed while it waited
        }
    }

    Done extend(const app::Lease& lease, milliseconds lease_time) override {
        ScriptCall call{scripts::extend, holder(lease)};
        call.arguments.push_back(std::to_string(lease_time.count()));
        return held_or_lost(redis_->run(call));
    }

    Done complete(const app::Lease& lease) override {
        ScriptCall call{scripts::complete, holder(lease)};
        ScriptCall repeated = call;
        call.arguments.push_back("0");
        repeated.arguments.push_back("1");
        return held_or_lost(redis_->run(call, repeated));
    }

    Done hand_back(const app::Lease& lease, milliseconds delay) override {
        return put_back(lease, delay, delay <= milliseconds{0} ? Attempt::uncounted : Attempt::counted);
    }

    Done postpone(const app::Lease& lease, milliseconds delay) override {
        return put_back(lease, delay, Attempt::uncounted);
    }

    void wait(milliseconds at_most) override {
        const auto deadline = Deadline::after(at_most);
        while (!alarm_.rung() && !deadline.passed()) {
            const auto seen = redis_->run({scripts::look, {std::to_string(options_.most_leases)}});
            if (!seen || seen->list.size() != 3) return alarm_.wait(std::min(deadline.left(), longest_sleep));
            if (number_of(seen->list[0]) != 0) return;
            const auto soon = std::max(milliseconds{number_of(seen->list[1])}, milliseconds{1});
            redis_->await_entry(seen->list[2].text,
                                std::min({soon, deadline.left(), longest_sleep}) + milliseconds{1}, alarm_);
        }
    }

    void interrupt() override { alarm_.ring(); }

    Result<app::QueueFigures> figures() override {
        MIM_TRY(seen, redis_->run({scripts::figures, {}}));
        if (seen.list.size() != 5) return damaged_reply();
        app::QueueFigures figures;
        figures.waiting = number_of(seen.list[0]);
        figures.leased = number_of(seen.list[1]);
        if (!seen.list[2].text.empty())
            figures.oldest_waiting = Timestamp{milliseconds{number_of(seen.list[2])}};
        figures.delayed = number_of(seen.list[3]);
        figures.dead_letters = number_of(seen.list[4]);
        return figures;
    }

  private:
    enum class Attempt { counted, uncounted };

    Result<std::optional<app::Lease>> lease_next(const std::string& worker, milliseconds lease_time) {
        MIM_TRY(reply, redis_->run({scripts::lease,
                                    {worker, std::to_string(lease_time.count()),
                                     std::to_string(options_.most_leases), generate_id_digits()}}));
        if (reply.kind == Reply::Kind::nothing) return std::optional<app::Lease>();
        if (reply.list.size() != 4) return damaged_reply();
        auto sync = SyncId::parse(reply.list[0].text);
        if (!sync) return damaged_reply();
        app::Lease lease{.sync = std::move(*sync),
                         .fence = number_of(reply.list[1]),
                         .attempt = static_cast<int>(number_of(reply.list[2])),
                         .worker = worker};
        if (number_of(reply.list[3]) != 0) lease.earlier = app::Lease::Earlier::vanished;
        return std::optional<app::Lease>(std::move(lease));
    }

    // The store may have seen a greater fence than Redis would give: after a loss of data together with a
    // clock that was set back, or under another kind of queue.
    Result<std::optional<app::Lease>> lifted(app::Lease lease, app::Fence seen) {
        if (lease.fence > seen) return std::optional<app::Lease>(std::move(lease));
        ScriptCall call{scripts::raise, holder(lease)};
        call.arguments.push_back(std::to_string(seen));
        const auto raised = redis_->run(call);
        MIM_CHECK(held_or_lost(raised));
        lease.fence = number_of(*raised);
        return std::optional<app::Lease>(std::move(lease));
    }

    Done put_back(const app::Lease& lease, milliseconds delay, Attempt attempt) {
        ScriptCall call{scripts::hand_back, holder(lease)};
        call.arguments.push_back(std::to_string(std::max(delay, milliseconds{0}).count()));
        call.arguments.push_back(attempt == Attempt::uncounted ? "-1" : "0");
        call.arguments.push_back(generate_id_digits());
        return held_or_lost(redis_->run(call));
    }

    const std::shared_ptr<ScriptRunner> redis_;
    app::SyncStore& syncs_;
    const RedisQueueOptions options_;
    redis::Alarm alarm_;
};

}  // namespace

std::unique_ptr<app::JobQueue> create_redis_queue(std::shared_ptr<ScriptRunner> redis, app::SyncStore& syncs,
                                                  RedisQueueOptions options) {
    return std::make_unique<RedisQueue>(std::move(redis), syncs, options);
}

}  // namespace mim::queue
