// Threads that lease jobs, run them and settle their leases. Works on any JobQueue. Thread-safe.
#pragma once

#include <functional>
#include <string>

#include "app/ports/dead_letters.hpp"
#include "queue/lease_keeper.hpp"

namespace mim::queue {

struct WorkerOptions {
    int workers = 4;                               // threads, so jobs at a time in this process
    std::string name;                              // of this process, unique among those of one queue
    std::chrono::milliseconds lease_time{30'000};  // a vanished worker's job is taken over after so long
    std::chrono::milliseconds longest_wait{
        5'000};  // of one JobQueue::wait, and the pause after the queue failed
    std::chrono::milliseconds first_retry_delay{1'000};  // doubles with every attempt
    std::chrono::milliseconds longest_retry_delay{60'000};
    std::chrono::milliseconds postponement{1'000};
};

// How long a job rests at most after its attempt-th run (from 1) failed in passing; by chance up to half of
// it is left out, so that jobs which failed together do not all come back together.
[[nodiscard]] std::chrono::milliseconds retry_delay(const WorkerOptions& options, int attempt);

class WorkerPool {
  public:
    // Called on a worker's thread; may take as long as it likes, but should ask the signal between its steps.
    // An exception is a bug: it is logged, and the job is handed back with a delay.
    using Run = std::function<app::RunOutcome(const app::Lease&, const app::StopSignal&)>;

    // Starts at once. The ports must outlive the pool. Without dead letters a job given up just ends.
    WorkerPool(LeaseKeeper::Ports ports, WorkerOptions options, Run run,
               app::DeadLetters* dead_letters = nullptr);
    // Waits for running jobs, however long they take: call `stop` first.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // Leases nothing more, asks the running jobs to stop and waits for them up to `grace`; this ends all
    // waiting on the queue for good. Jobs that still run then lose their leases to whoever comes next, and
    // their number is returned: when it is not 0 the process should end without destroying the pool. A second
    // call waits again.
    int stop(std::chrono::milliseconds grace);

  private:
    void work(const std::string& worker);
    void lease_and_run(const std::string& worker);
    void run_job(const std::shared_ptr<RunningJob>& job);
    [[nodiscard]] app::RunOutcome call_run(const RunningJob& job);
    void settle(const RunningJob& job, app::RunOutcome outcome);
    void complete(const app::Lease& lease);
    void bury(const app::Lease& lease, const std::string& reason);
    void hand_back(const RunningJob& job, std::chrono::milliseconds delay);
    void postpone(const app::Lease& lease);
    void report(const app::Lease& lease, std::string_view attempted, const Error& error);
    void pause();

    const LeaseKeeper::Ports ports_;
    const WorkerOptions options_;
    const Run run_;
    app::DeadLetters* const dead_letters_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    int working_ = 0;                                   // threads that have not ended
    std::vector<std::shared_ptr<RunningJob>> running_;  // jobs
    LeaseKeeper keeper_;
    std::vector<std::thread> threads_;
};

}  // namespace mim::queue
