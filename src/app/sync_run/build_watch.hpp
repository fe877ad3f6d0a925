// Follows one createIndexes: writes the progress of the records it builds. When the run must not go on, a
// build that was cancelled is ended; any other is left to the server, where the next worker joins it: a
// worker that lost its lease would end the build under the hands of the one that took over.
#pragma once

#include <optional>

#include "app/sync_run/run_context.hpp"

namespace mim::app {

class BuildWatch final : public BuildObserver {
  public:
    // Borrows the records, which are running.
    BuildWatch(const RunContext& context, std::vector<SyncRecord*> records)
        : context_(context), records_(std::move(records)) {}

    BuildVerdict on_progress(const BuildProgress& progress) override;
    // Why this watch asked for an end; none when it did not.
    [[nodiscard]] const std::optional<Halt>& halted() const { return halted_; }
    // The target confirmed that the build this watch aborted has ended.
    [[nodiscard]] bool ended() const { return ended_; }
    void note_end() { ended_ = true; }

  private:
    [[nodiscard]] std::optional<Halt> report(const BuildProgress& progress);

    const RunContext& context_;
    std::vector<SyncRecord*> records_;
    int percent_ = 0;
    std::optional<Halt> halted_;
    bool ended_ = false;
};

}  // namespace mim::app
