#include "main/engine.hpp"

#include <future>
#include <thread>

#include <unistd.h>

#include "app/audited_progress.hpp"
#include "app/model/place.hpp"
#include "app/places.hpp"
#include "main/secret_keys.hpp"
#include "main/secret_start.hpp"
#include "main/setting_checks.hpp"
#include "main/target_policy.hpp"
#include "observe/ports/measured.hpp"
#include "queue/offering_sync_store.hpp"
#include "queue/redis/redis_queue.hpp"
#include "queue/sqlite/sqlite_queue.hpp"
#include "target/targets.hpp"

namespace mim::main {
namespace {

// Of the threads for requests that ask targets some are always left, to tell at once who is one too many.
target::CallLimits call_limits(const ServeSettings& settings) {
    const std::size_t threads = settings.http.work_threads;
    const auto or_else = [](std::size_t set, std::size_t usual) {
        return set != 0 ? set : std::max<std::size_t>(usual, 1);
    };
    return {.of_a_deployment = or_else(settings.targets.requests_per_deployment, threads / 4),
            .of_a_user = or_else(settings.targets.requests_per_user, threads / 2),
            .in_all = or_else(0, threads - (threads + 3) / 4)};
}

// What follows from the settings around it.
target::TargetSettings target_settings(const ServeSettings& settings,
                                       std::shared_ptr<const drivers::mongoc::OwnDatabase> own,
                                       std::shared_ptr<app::TargetWitness> witness) {
    target::TargetSettings target = settings.targets.connections;
    target.own = std::move(own);
    target.witness = std::move(witness);
    target.calls = call_limits(settings);
    target.readers_of_one_read = target.reading_threads;
    target.quick.most_clients = static_cast<int>(target.reading_threads) + 8;
    target.quick.socket_timeout = settings.targets.deadline;
    target.patient.socket_timeout = settings.run.build_deadline;
    const auto search = target.patient.server_selection_timeout = target.quick.server_selection_timeout;
    // Less than the search for a server: its end then says that the host is silent, not just that it was not
    // found.
    target.quick.connect_timeout = target.patient.connect_timeout = search * 4 / 5;
    target.policy =
        std::make_shared<const drivers::mongoc::TargetPolicy>(target_policy(settings.targets).value());
    constexpr std::size_t megabyte = std::size_t{1024} * 1024;
    target.most_bytes_of_a_call = settings.targets.call_megabytes * megabyte;
    target.bytes = std::make_shared<ByteBudget>(settings.targets.all_megabytes * megabyte);
    return target;
}

// Unless it is set: so many that one slow deployment leaves workers for the others.
unsigned syncs_per_target(const ServeSettings& settings) {
    if (settings.syncs_per_target != 0) return settings.syncs_per_target;
    return static_cast<unsigned>(settings.work.workers + 1) / 2;
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
        case app::RunOutcome::postpone:
            return "postpone";
        case app::RunOutcome::given_up:
            return "given_up";
    }
    return "finished";
}

store::Stores measured(store::Stores stores, observe::Calls calls) {
    using observe::measured;
    return {.users = measured(std::move(stores.users), calls),
            .token_families = measured(std::move(stores.token_families), calls),
            .databases = measured(std::move(stores.databases), calls),
            .definitions = measured(std::move(stores.definitions), calls),
            .collections = measured(std::move(stores.collections), calls),
            .syncs = measured(std::move(stores.syncs), calls),
            .progress = measured(std::move(stores.progress), calls),
            .feed = measured(std::move(stores.feed), calls),
            // Of accounts and machines, and written at most once a request: not worth figures of their own.
            .invites = std::move(stores.invites),
            .api_keys = std::move(stores.api_keys),
            .audit = std::move(stores.audit),
            .trash = std::move(stores.trash)};
}

// The setting is named in place of the driver's own word for it.
Result<std::optional<redis::Address>> redis_address(const Secret& queue) {
    if (queue.empty()) return std::optional<redis::Address>();
    auto address = redis::parse_address(queue);
    if (address) return std::optional<redis::Address>(std::move(*address));
    auto error = std::move(address).error();
    for (auto& field : error.fields) field.path = "--queue";
    return error;
}

}  // namespace

Engine::Engine(const ServeSettings& wanted, OpenStore store, const std::optional<redis::Address>& redis,
               Logger& logger, const Tracing& traces)
    : settings(wanted),
      log(logger),
      tracing(traces),
      in_use(std::move(store.in_use)),
      file(std::move(store.file)),
      stores(measured(std::move(store.stores), observe::Calls(calls))),
      store_answers(std::move(store.answers)),
      audit({*stores.audit, *stores.users, system_clock()}),
      house_keeping(stores, audit, logger),
      targets(observe::measured(
          target::create_targets(
              target_settings(wanted, std::move(store.own), app::create_place_witness(*stores.databases)),
              logger),
          observe::Calls(calls))),
      progress_(*stores.progress, engine_metrics),
      slots_(syncs_per_target(wanted)) {
    if (redis)
        use_redis(*redis);
    else
        use_embedded_queue();
}

void Engine::use_embedded_queue() {
    queue::SqliteQueueOptions options;
    options.most_leases = static_cast<int>(settings.max_syncs);
    const observe::Calls measuring(calls);
    queue = observe::measured(queue::create_sqlite_queue(file, system_clock(), options), measuring);
    dead_letters = observe::measured(queue::create_sqlite_dead_letters(file, system_clock()), measuring);
}

void Engine::use_redis(const redis::Address& address) {
    const auto scripts = std::make_shared<queue::ScriptRunner>(redis::ClientSettings{.address = address});
    const observe::Calls measuring(calls);
    queue =
        observe::measured(queue::create_redis_queue(scripts, *stores.syncs,
                                                    {.most_leases = static_cast<int>(settings.max_syncs)}),
                          measuring);
    dead_letters = observe::measured(queue::create_redis_dead_letters(scripts), measuring);
    offering = queue::create_offering_sync_store(*stores.syncs, *queue, log);
}

Result<std::unique_ptr<Engine>> Engine::create(const ServeSettings& settings, Logger& log, Tracing& tracing) {
    MIM_TRY(redis, redis_address(settings.queue));
    MIM_CHECK(check_queue_is_named(settings));
    MIM_CHECK(target_policy(settings.targets));
    MIM_TRY(keys, secret_keys(settings, AbsentKey::make));
    MIM_TRY(store, open_store(settings, keys.box));
    MIM_CHECK(settle_secrets(settings, *store.uris, keys, log));
    return std::unique_ptr<Engine>(new Engine(settings, std::move(store), redis, log, tracing));
}

// None when the store does not say: then the run will find out why.
std::optional<app::Database> Engine::database_of(const SyncId& sync) const {
    const auto stored = stores.syncs->without_records(sync);
    if (!stored) return std::nullopt;
    auto database = stores.databases->get(stored->database);
    if (!database) return std::nullopt;
    return std::move(*database);
}

app::RunOutcome Engine::run(const app::Lease& lease, const app::StopSignal& stop) {
    const auto database = database_of(lease.sync);
    const auto slot = database ? slots_.take(app::deployment_of(database->uri)) : std::nullopt;
    if (database && (!slot || targets->is_paused(*database))) return app::RunOutcome::postpone;
    metrics.on_attempt(lease.attempt);
    const auto started = std::chrono::steady_clock::now();
    app::AuditedProgress progress(progress_, audit, log);
    const app::RunPorts ports{
        *stores.users, *stores.databases, *stores.definitions, progress, *targets, system_clock(), log};
    const auto outcome = app::run_sync(lease, ports, settings.run, stop);
    metrics.on_sync_run(name_of(outcome), std::chrono::duration_cast<std::chrono::milliseconds>(
                                              std::chrono::steady_clock::now() - started));
    return outcome;
}

// A transaction of its own, in the sync's own trace: it may begin hours after the request that asked for it,
// on another machine, and more than once.
app::RunOutcome Engine::run_traced(const app::Lease& lease, const app::StopSignal& stop) {
    if (tracing.tracer() == nullptr) return run(lease, stop);
    const auto transaction = tracing.tracer()->begin_run(lease.sync, lease.fence);
    transaction->label("attempt", std::to_string(lease.attempt));
    // Unless the run says otherwise, by finishing its sync or below.
    transaction->end_as(trace::Outcome::success, std::string(name_of(app::RunOutcome::finished)));
    const trace::Activation active(transaction.get());
    try {
        const auto outcome = run(lease, stop);
        // It is tried again and again until its turn comes.
        if (outcome == app::RunOutcome::postpone) transaction->forget();
        const bool failed = outcome == app::RunOutcome::retry_later || outcome == app::RunOutcome::lost;
        if (outcome != app::RunOutcome::finished) {
            transaction->end_as(failed ? trace::Outcome::failure : trace::Outcome::success,
                                std::string(name_of(outcome)));
        }
        return outcome;
    } catch (...) {
        transaction->failed("exception", "sync");
        transaction->end_as(trace::Outcome::failure, "crashed");
        throw;
    }
}

std::string Engine::metrics_page() {
    return counted.text([this] {
        metrics.read(*queue);
        engine_metrics.read(targets->figures());
        process.read(tracing.figures());
    });
}

void Engine::start_workers() {
    if (offering) {
        feeder_ = std::make_unique<queue::Feeder>(queue::Feeder::Ports{*stores.feed, *queue, log},
                                                  settings.feed_interval);
    }
    if (settings.work.workers == 0) return;
    queue::WorkerOptions options = settings.work;
    options.name = generate_id_digits() + "-" + std::to_string(getpid());
    workers_ = std::make_unique<queue::WorkerPool>(
        queue::LeaseKeeper::Ports{*queue, system_clock(), log}, options,
        [this](const app::Lease& lease, const app::StopSignal& stop) { return run_traced(lease, stop); },
        dead_letters.get());
}

WorkersLeft Engine::stop_workers(std::chrono::milliseconds grace) {
    feeder_.reset();
    if (!workers_) return WorkersLeft::none;
    return workers_->stop(grace) == 0 ? WorkersLeft::none : WorkersLeft::some;
}

ConnectionsLeft Engine::close(std::unique_ptr<Engine> engine, std::chrono::milliseconds grace) {
    std::shared_ptr<app::Targets> open = std::move(engine->targets);
    engine.reset();
    auto closing = std::make_shared<std::promise<void>>();
    auto closed = closing->get_future();
    // The driver waits for its monitors, which wait for servers that may never answer.
    std::thread([open = std::move(open), closing]() mutable {
        open.reset();
        closing->set_value();
    }).detach();
    return closed.wait_for(grace) == std::future_status::ready ? ConnectionsLeft::none
                                                               : ConnectionsLeft::some;
}

}  // namespace mim::main
