// One run of one sync from its claim to its end. Used once.
#pragma once

#include <optional>

#include "app/sync_run/execution.hpp"

namespace mim::app {

class SyncRun {
  public:
    explicit SyncRun(const RunContext& context) : context_(context) {}
    [[nodiscard]] RunOutcome run();

  private:
    struct Assessment {
        index::ServerVersion version;
        std::vector<index::CollectionComparison> comparisons;
    };
    Uninterrupted<void> claim();
    Uninterrupted<void> work();
    Uninterrupted<Done> settle_earlier_work();
    Uninterrupted<Done> join_build(SyncRecord& record);
    Uninterrupted<Result<Assessment>> assess();
    Uninterrupted<void> store_plan(index::Plan plan);
    Uninterrupted<void> conclude(const Assessment& assessment);
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
};

}  // namespace mim::app
