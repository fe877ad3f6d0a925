#include "main/service.hpp"

#include <future>
#include <thread>

#include <unistd.h>

#include "app/run_sync.hpp"
#include "identity/password_hasher.hpp"
#include "identity/token_codec.hpp"
#include "main/metrics.hpp"
#include "queue/sqlite_queue.hpp"
#include "queue/worker_pool.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "target/targets.hpp"

namespace mim::main {
namespace {

constexpr const char* store_file = "mim.db";

target::TargetSettings target_settings(const ServeSettings& settings) {
    target::TargetSettings target;
    target.most_targets = settings.max_targets;
    target.reading_threads = settings.read_concurrency;
    target.readers_of_one_read = settings.read_concurrency;
    target.building_threads = std::max(settings.workers, 1U);
    target.quick.most_clients = static_cast<int>(settings.read_concurrency) + 8;
    target.quick.socket_timeout = settings.target_deadline;
    target.patient.socket_timeout = settings.build_deadline;
    return target;
}

std::string_view name_of(app::RunOutcome outcome) {
    switch (outcome) {
        case app::RunOutcome::finished:
            return "finished";
        case app::RunOutcome::hand_back:
            return "hand_back";
        case app::RunOutcome::lost:
            return "lost";
        case app::RunOutcome::retry_later:
            return "retry_later";
    }
    return "finished";
}

}  // namespace

struct Service::Parts {
    const ServeSettings settings;
    Logger& log;
    std::shared_ptr<sqlite::Connections> file;
    store::SqliteStores stores;
    std::unique_ptr<app::JobQueue> queue;
    std::unique_ptr<app::Targets> targets;
    std::unique_ptr<app::PasswordHasher> hasher;
    std::unique_ptr<app::TokenCodec> tokens;
    Metrics metrics;

    app::Accounts accounts;
    app::Imports imports;
    app::Databases databases;
    app::Collections collections;
    app::Definitions definitions;
    app::Comparisons comparisons;
    app::Syncs syncs;
    std::unique_ptr<queue::WorkerPool> workers;

    Parts(const ServeSettings& wanted, const identity::KeyPair& keys, Logger& logger,
          std::shared_ptr<sqlite::Connections> connections)
        : settings(wanted),
          log(logger),
          file(std::move(connections)),
          stores(store::create_sqlite_stores(file)),
          queue(queue::create_sqlite_queue(file, system_clock())),
          targets(target::create_targets(target_settings(wanted), logger)),
          hasher(identity::create_password_hasher({})),
          tokens(identity::create_token_codec({}, keys)),
          accounts({*stores.users, *stores.token_families, *hasher, *tokens, system_clock()},
                   {wanted.access_token_lifetime, wanted.refresh_token_lifetime}),
          imports({*stores.databases, *stores.definitions, *targets, system_clock(), wanted.target_deadline}),
          databases({*stores.databases, *targets, system_clock(), wanted.target_deadline}, imports),
          collections(
              {*stores.databases, *stores.collections, *stores.syncs, *targets, wanted.target_deadline}),
          definitions({*stores.databases, *stores.definitions, system_clock()}),
          comparisons(
              {*stores.databases, *stores.definitions, *targets, system_clock(), wanted.target_deadline}),
          syncs({*stores.databases, *stores.definitions, *stores.syncs, *targets, comparisons, system_clock(),
                 wanted.target_deadline}) {}

    app::RunOutcome run(const app::Lease& lease, const app::StopSignal& stop) {
        const auto started = std::chrono::steady_clock::now();
        const app::RunPorts ports{*stores.databases, *stores.definitions, *stores.progress,
                                  *targets,          system_clock(),      log};
        app::RunLimits limits;
        limits.build_deadline = settings.build_deadline;
        const auto outcome = app::run_sync(lease, ports, limits, stop);
        metrics.on_sync_run(name_of(outcome), std::chrono::duration_cast<std::chrono::milliseconds>(
                                                  std::chrono::steady_clock::now() - started));
        return outcome;
    }
};

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::create(const ServeSettings& settings, const identity::KeyPair& keys,
                                                 Logger& log) {
    MIM_TRY(file, store::open_sqlite_file({.file = settings.data / store_file}, system_clock()));
    return std::unique_ptr<Service>(new Service(std::make_unique<Parts>(settings, keys, log, file)));
}

http::Api Service::api() {
    Parts& parts = *parts_;
    const auto store_answers = [&parts]() -> Done {
        MIM_CHECK(parts.stores.users->count());
        return {};
    };
    const auto queue_answers = [&parts]() -> Done {
        MIM_CHECK(parts.queue->figures());
        return {};
    };
    const auto workers_run = [&parts]() -> Done {
        if (parts.settings.workers == 0 || parts.workers) return {};
        return Error{ErrorCode::not_ready, "the workers have not started"};
    };
    return http::Api{parts.accounts,
                     parts.databases,
                     parts.collections,
                     parts.definitions,
                     parts.imports,
                     parts.comparisons,
                     parts.syncs,
                     {{"store", store_answers}, {"queue", queue_answers}, {"workers", workers_run}},
                     [&parts] { return parts.metrics.page(*parts.queue); },
                     &parts.metrics};
}

void Service::start_workers() {
    Parts& parts = *parts_;
    if (parts.settings.workers == 0) return;
    queue::WorkerOptions options;
    options.workers = static_cast<int>(parts.settings.workers);
    options.name = generate_id_digits() + "-" + std::to_string(getpid());
    options.lease_time = parts.settings.lease;
    parts.workers = std::make_unique<queue::WorkerPool>(
        queue::LeaseKeeper::Ports{*parts.queue, system_clock(), parts.log}, options,
        [&parts](const app::Lease& lease, const app::StopSignal& stop) { return parts.run(lease, stop); });
}

WorkersLeft Service::stop_workers(std::chrono::milliseconds grace) {
    if (!parts_->workers) return WorkersLeft::none;
    return parts_->workers->stop(grace) == 0 ? WorkersLeft::none : WorkersLeft::some;
}

ConnectionsLeft Service::close(std::unique_ptr<Service> service, std::chrono::milliseconds grace) {
    std::shared_ptr<app::Targets> targets = std::move(service->parts_->targets);
    service.reset();
    auto closing = std::make_shared<std::promise<void>>();
    auto closed = closing->get_future();
    // The driver waits for its monitors, which wait for servers that may never answer.
    std::thread([targets = std::move(targets), closing]() mutable {
        targets.reset();
        closing->set_value();
    }).detach();
    return closed.wait_for(grace) == std::future_status::ready ? ConnectionsLeft::none
                                                               : ConnectionsLeft::some;
}

}  // namespace mim::main
