#include "queue/redis/redis_queue.hpp"
#include "queue/redis/redis_values.hpp"
#include "queue/redis/scripts.hpp"

namespace mim::queue {
namespace {

constexpr int most_letters = 10'000;

Result<app::DeadLetter> letter_of(const redis::Reply& reply) {
    if (reply.list.size() != 4) return damaged_reply();
    auto sync = SyncId::parse(reply.list[0].text);
    if (!sync) return damaged_reply();
    return app::DeadLetter{.sync = std::move(*sync),
                           .attempts = static_cast<int>(number_of(reply.list[1])),
                           .reason = reply.list[2].text,
                           .buried_at = Timestamp{std::chrono::milliseconds{number_of(reply.list[3])}}};
}

class RedisDeadLetters final : public app::DeadLetters {
  public:
    explicit RedisDeadLetters(std::shared_ptr<ScriptRunner> redis) : redis_(std::move(redis)) {}

    Done bury(const app::Lease& lease, const std::string& reason) override {
        ScriptCall call{scripts::bury, holder(lease)};
        call.arguments.push_back(reason);
        call.arguments.push_back(std::to_string(most_letters));
        return held_or_lost(redis_->run(call));
    }

    Result<app::Page<app::DeadLetter>> list(const app::PageRequest& page) override {
        const auto first = static_cast<std::int64_t>(page.page - 1) * page.limit;
        MIM_TRY(reply, redis_->run({scripts::list_letters,
                                    {std::to_string(first), std::to_string(first + page.limit - 1)}}));
        if (reply.list.empty()) return damaged_reply();
        app::Page<app::DeadLetter> found{
            .items = {}, .total = number_of(reply.list[0]), .page = page.page, .limit = page.limit};
        for (std::size_t at = 1; at < reply.list.size(); ++at) {
            MIM_TRY(letter, letter_of(reply.list[at]));
            found.items.push_back(std::move(letter));
        }
        return found;
    }

    Result<app::DeadLetter> get(const SyncId& sync) override {
        MIM_TRY(reply, redis_->run({scripts::letter, {sync.text()}}));
        if (reply.kind == redis::Reply::Kind::nothing)
            return Error(ErrorCode::not_found, "Dead letter not found");
        return letter_of(reply);
    }

    Done remove(const SyncId& sync) override {
        MIM_CHECK(redis_->run({scripts::remove_letters, {sync.text()}}));
        return {};
    }

    Done clear() override {
        MIM_CHECK(redis_->run({scripts::remove_letters, {}}));
        return {};
    }

  private:
    const std::shared_ptr<ScriptRunner> redis_;
};

}  // namespace

std::unique_ptr<app::DeadLetters> create_redis_dead_letters(std::shared_ptr<ScriptRunner> redis) {
    return std::make_unique<RedisDeadLetters>(std::move(redis));
}

}  // namespace mim::queue
