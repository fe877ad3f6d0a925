#include "queue/worker_pool.hpp"

#include <algorithm>
#include <random>

#include "base/contained.hpp"
#include "base/doubled_wait.hpp"
#include "base/thread_priority.hpp"
#include "queue/events.hpp"

namespace mim::queue {

using std::chrono::milliseconds;

namespace {

std::minstd_rand& chance() {
    thread_local std::minstd_rand of_this_thread{std::random_device{}()};
    return of_this_thread;
}

}  // namespace

milliseconds retry_delay(const WorkerOptions& options, int attempt) {
    const auto doublings = static_cast<unsigned>(std::max(attempt - 1, 0));
    return doubled_wait(options.first_retry_delay, doublings, options.longest_retry_delay);
}

WorkerPool::WorkerPool(LeaseKeeper::Ports ports, WorkerOptions options, Run run,
                       app::DeadLetters* dead_letters)
    : ports_(ports),
      options_(std::move(options)),
      run_(std::move(run)),
      dead_letters_(dead_letters),
      keeper_(ports, options_.lease_time) {
    working_ = options_.workers;
    for (int i = 1; i <= options_.workers; ++i)
        threads_.emplace_back([this, worker = options_.name + "/" + std::to_string(i)] { work(worker); });
}

WorkerPool::~WorkerPool() {
    stop(milliseconds{0});
    for (auto& thread : threads_) thread.join();
}

int WorkerPool::stop(milliseconds grace) {
    std::unique_lock guard(mutex_);
    stopping_ = true;
    changed_.notify_all();
    guard.unlock();
    ports_.queue.interrupt();
    guard.lock();
    if (changed_.wait_for(guard, grace, [this] { return working_ == 0; })) return 0;
    const auto abandoned = running_;
    guard.unlock();
    for (const auto& job : abandoned) {
        keeper_.forget(*job);
        job->lose();
        hand_back(*job, milliseconds{0});
        ports_.log.warning(events::job_abandoned,
                           {{"sync", job->lease().sync.text()}, {"worker", job->lease().worker}});
    }
    return static_cast<int>(abandoned.size());
}

void WorkerPool::work(const std::string& worker) {
    // The comparison of a run may be a lot of work, and nobody waits for it: requests come first.
    lower_priority(Yielding::to_all);
    // What is thrown here, for want of memory, say, ends this turn alone.
    while (!stopping_) {
        static_cast<void>(contained([&]() -> Done {
            lease_and_run(worker);
            return {};
        }));
    }
    const std::lock_guard guard(mutex_);
    --working_;
    changed_.notify_all();
}

void WorkerPool::lease_and_run(const std::string& worker) {
    const auto before = ports_.clock.steady();
    auto lease = contained([&] { return ports_.queue.lease(worker, options_.lease_time); });
    if (!lease) {
        ports_.log.error(events::queue_failed,
                         {{"worker", worker}, {"attempted", "lease"}, {"cause", lease.error().message}});
        return pause();
    }
    if (!lease->has_value()) return ports_.queue.wait(options_.longest_wait);
    const auto job = std::make_shared<RunningJob>(std::move(**lease), stopping_, &ports_.clock);
    keeper_.keep(job, before);
    const auto ran = contained([&]() -> Done {
        run_job(job);
        return {};
    });
    keeper_.forget(*job);
    {
        const std::lock_guard guard(mutex_);
        std::erase(running_, job);
    }
    if (ran) return;
    ports_.log.error(events::queue_failed,
                     {{"worker", worker}, {"attempted", "settle"}, {"cause", ran.error().message}});
}

void WorkerPool::run_job(const std::shared_ptr<RunningJob>& job) {
    const auto& lease = job->lease();
    ports_.log.info(events::job_leased, {{"sync", lease.sync.text()},
                                         {"worker", lease.worker},
                                         {"fence", lease.fence},
                                         {"attempt", lease.attempt}});
    {
        const std::lock_guard guard(mutex_);
        running_.push_back(job);
    }
    settle(*job, call_run(*job));
}

app::RunOutcome WorkerPool::call_run(const RunningJob& job) {
    const auto crashed = [&](std::string_view cause) {
        ports_.log.error(
            events::job_crashed,
            {{"sync", job.lease().sync.text()}, {"worker", job.lease().worker}, {"cause", cause}});
        return app::RunOutcome::retry_later;
    };
    try {
        return run_(job.lease(), job);
    } catch (const std::exception& exception) {
        return crashed(exception.what());
    } catch (...) {
        return crashed("not a std::exception");
    }
}

void WorkerPool::settle(const RunningJob& job, app::RunOutcome outcome) {
    const auto& lease = job.lease();
    switch (outcome) {
        case app::RunOutcome::finished:
            return complete(lease);
        case app::RunOutcome::hand_back:
            return hand_back(job, milliseconds{0});
        case app::RunOutcome::retry_later:
            return hand_back(job, uneven_wait(retry_delay(options_, lease.attempt), chance()));
        case app::RunOutcome::postpone:
            return postpone(lease);
        case app::RunOutcome::given_up:
            return bury(lease,
                        "its runs ended the process, or lost the store or the queue, and got no further");
        case app::RunOutcome::lost:
            ports_.log.warning(events::job_lost, {{"sync", lease.sync.text()}, {"worker", lease.worker}});
            return;
    }
}

void WorkerPool::complete(const app::Lease& lease) {
    const auto done = ports_.queue.complete(lease);
    if (!done) return report(lease, "complete", done.error());
    ports_.log.info(events::job_completed, {{"sync", lease.sync.text()}, {"worker", lease.worker}});
}

void WorkerPool::bury(const app::Lease& lease, const std::string& reason) {
    if (dead_letters_ == nullptr) return complete(lease);
    const auto done = dead_letters_->bury(lease, reason);
    if (!done) return report(lease, "bury", done.error());
    ports_.log.error(events::job_buried,
                     {{"sync", lease.sync.text()}, {"worker", lease.worker}, {"attempt", lease.attempt}});
}

void WorkerPool::postpone(const app::Lease& lease) {
    const auto delay = uneven_wait(options_.postponement, chance());
    const auto done = ports_.queue.postpone(lease, delay);
    if (!done) return report(lease, "postpone", done.error());
    ports_.log.debug(events::job_postponed,
                     {{"sync", lease.sync.text()}, {"worker", lease.worker}, {"delay_ms", delay.count()}});
}

void WorkerPool::hand_back(const RunningJob& job, milliseconds delay) {
    const auto& lease = job.lease();
    const auto done = ports_.queue.hand_back(lease, delay);
    if (!done) return report(lease, "hand back", done.error());
    ports_.log.info(events::job_handed_back,
                    {{"sync", lease.sync.text()}, {"worker", lease.worker}, {"delay_ms", delay.count()}});
}

void WorkerPool::report(const app::Lease& lease, std::string_view attempted, const Error& error) {
    if (error.code == ErrorCode::lease_lost) {
        ports_.log.warning(events::job_lost, {{"sync", lease.sync.text()}, {"worker", lease.worker}});
        return;
    }
    // The job stays where it is; when the lease ends, it is leased again and found done or not.
    ports_.log.error(events::queue_failed,
                     {{"worker", lease.worker}, {"attempted", attempted}, {"cause", error.message}});
}

void WorkerPool::pause() {
    std::unique_lock guard(mutex_);
    changed_.wait_for(guard, options_.longest_wait, [this] { return stopping_.load(); });
}

}  // namespace mim::queue
