#include "app/sync_run/build_watch.hpp"

#include <algorithm>

namespace mim::app {
namespace {

constexpr int most_while_running = 99;

// A build has phases that each count from 0: what was shown once is not taken back.
int percent_of(const BuildProgress& progress, int shown) {
    if (!progress.done || !progress.total || *progress.total <= 0) return shown;
    const double share = static_cast<double>(*progress.done) / static_cast<double>(*progress.total);
    return std::max(shown, static_cast<int>(std::clamp(share * 100.0, 0.0, double{most_while_running})));
}

}  // namespace

// A store that does not answer is no reason to throw away an hour of building: the run learns of it
// afterwards.
BuildVerdict BuildWatch::on_progress(const BuildProgress& progress) {
    const auto going = context_.checkpoint();
    if (!going && going.error() != Halt::store_failed) halted_ = going.error();
    if (!halted_) halted_ = report(progress);
    if (!halted_) return BuildVerdict::go_on;
    return *halted_ == Halt::cancel ? BuildVerdict::abort : BuildVerdict::leave;
}

std::optional<Halt> BuildWatch::report(const BuildProgress& progress) {
    const int percent = percent_of(progress, percent_);
    if (percent == percent_) return std::nullopt;
    percent_ = percent;
    for (SyncRecord* record : records_) {
        record->progress = percent;
        const auto written = context_.write(*record);
        if (!written && written.error() == Halt::lost) return Halt::lost;
    }
    return std::nullopt;
}

}  // namespace mim::app
