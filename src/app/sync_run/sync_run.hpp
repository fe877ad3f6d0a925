// One run of one sync from its claim to its end. Used once.
#pragma once

#include <optional>

#include "app/sync_run/execution.hpp"
#include "app/sync_run/replacements.hpp"

namespace mim::app {

class SyncRun {
  public:
    explicit SyncRun(const RunContext& context) : context_(context) {}
    [[nodiscard]] RunOutcome run();

  private:
    struct Assessment {
        Observation seen;
        std::vector<index::CollectionComparison> comparisons;
    };
    Uninterrupted<void> claim();
    Uninterrupted<void> work();
    // Whether it has been taken over too often and got no further.
    Uninterrupted<bool> leads_nowhere();
    Uninterrupted<void> give_up();
    Uninterrupted<Done> settle_earlier_work();
    // The inner error: the build was ended by somebody, and so nothing is to be built.
    Uninterrupted<Done> join_builds(std::vector<SyncRecord*> records);
    Uninterrupted<Result<Assessment>> assess();
    [[nodiscard]] TakeoverPlan make_plan(const Assessment& assessment) const;
    [[nodiscard]] Uninterrupted<Done> permission(const index::Plan& plan);
    [[nodiscard]] Uninterrupted<Done> requesters_permission();
    // What came to no good end and is planned again: its old record gives way to the new one. An earlier
    // worker may have closed it, and been lost before the end of the sync was written.
    Uninterrupted<void> reopen(const std::vector<SyncRecord>& planned);
    Uninterrupted<void> store_plan(TakeoverPlan made, std::set<std::string> there);
    Uninterrupted<void> conclude(const Assessment& assessment);
    // Into the log: a completed sync has no text.
    void tell_unknown_readiness(const Assessment& assessment) const;
    [[nodiscard]] std::vector<std::string> left_to_do(const Assessment& assessment) const;
    Uninterrupted<void> fail(const std::string& why);
    Uninterrupted<void> close_earlier_work(RecordStatus pending_becomes);
    Uninterrupted<void> finish(SyncStatus status, const std::string& text);
    RunOutcome halted(Halt halt);
    Uninterrupted<void> cancel();
    [[nodiscard]] bool has_begun() const;

    const RunContext context_;
    Sync sync_{.database = DatabaseId::generate()};  // as claimed
    Database database_;
    std::shared_ptr<Target> target_;
    std::optional<Execution> execution_;  // once a plan is stored
    RunOutcome end_ = RunOutcome::finished;
};

}  // namespace mim::app
