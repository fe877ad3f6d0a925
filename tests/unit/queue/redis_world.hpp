// The stores on one SQLite file and a queue on a real Redis, which all worlds of a process share and each
// finds empty. Time passes when `advance` says so: it moves what Redis remembers into the past, or
// into the future when its clock is put back.
#pragma once

#include "contract/samples.hpp"
#include "queue/offering_sync_store.hpp"
#include "queue/redis/redis_queue.hpp"
#include "unit/drivers/redis/redis_server.hpp"
#include "unit/store/sqlite_world.hpp"

namespace mim::queue {

[[nodiscard]] inline redis::RedisServer& shared_redis() {
    static redis::RedisServer server;
    return server;
}

class RedisWorld : public store::SqliteWorld {
  public:
    explicit RedisWorld(redis::RedisServer& server = shared_redis()) : server_(server) {
        command({"FLUSHALL"});
    }

    app::JobQueue& queue() { return *queue_; }
    app::DeadLetters& dead_letters() { return *dead_letters_; }
    app::SyncStore& syncs() { return *offering_; }
    redis::RedisServer& server() { return server_; }

    // As another process would have it.
    std::unique_ptr<app::JobQueue> another_queue(RedisQueueOptions options = {}) {
        return create_redis_queue(another_runner(), SqliteWorld::syncs(), options);
    }

    void advance(std::chrono::milliseconds span) {
        command({"EVAL",
                 "for _, set in ipairs({'leases', 'delayed', 'waiting'}) do\n"
                 "  for _, id in ipairs(redis.call('ZRANGE', '{mim}:' .. set, 0, -1)) do\n"
                 "    redis.call('ZINCRBY', '{mim}:' .. set, ARGV[1], id)\n"
                 "  end\n"
                 "end",
                 "0", std::to_string(-span.count())});
    }

    redis::Reply command(const std::vector<std::string>& words) {
        redis::Client client({.address = server_.address()});
        auto reply = client.run(words);
        if (!reply || reply->kind == redis::Reply::Kind::error)
            throw std::runtime_error(reply ? reply->text : reply.error().message);
        return std::move(*reply);
    }

    // A new database with a sync submitted.
    SyncId submitted(const std::string& name) {
        const auto database = contract::a_database(name);
        const auto sync = contract::a_sync(database.id);
        if (!databases().create(database) || !syncs().submit(sync, {}))
            throw std::runtime_error("cannot submit");
        return sync.id;
    }

  private:
    std::shared_ptr<ScriptRunner> another_runner() {
        return std::make_shared<ScriptRunner>(redis::ClientSettings{.address = server_.address()});
    }

    redis::RedisServer& server_;
    std::shared_ptr<ScriptRunner> runner_ = another_runner();
    std::unique_ptr<app::JobQueue> queue_ = create_redis_queue(runner_, SqliteWorld::syncs());
    std::unique_ptr<app::DeadLetters> dead_letters_ = create_redis_dead_letters(runner_);
    std::unique_ptr<app::SyncStore> offering_ =
        create_offering_sync_store(SqliteWorld::syncs(), *queue_, silent_logger());
};

}  // namespace mim::queue
