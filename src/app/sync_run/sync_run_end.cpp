// How a run ends when it does not end well, and what is left to be said when it does.
#include <algorithm>

#include "app/sync_run/records.hpp"
#include "app/sync_run/sync_run.hpp"
#include "app/sync_run/verdict.hpp"

namespace mim::app {
namespace {

// The server answers createIndexes when the index is ready.
bool was_built(const std::vector<SyncRecord>& records, const std::string& collection,
               const std::string& index) {
    return std::any_of(records.begin(), records.end(), [&](const SyncRecord& record) {
        return record.action == index::Action::create && record.status == RecordStatus::completed &&
               record.collection == collection && record.index == index;
    });
}

}  // namespace

RunOutcome SyncRun::halted(Halt halt) {
    switch (halt) {
        case Halt::lost:
            return RunOutcome::lost;
        case Halt::store_failed:
            return RunOutcome::retry_later;
        case Halt::stop: {
            const auto put_back = execution_ ? execution_->put_back() : Uninterrupted<void>{};
            return put_back ? RunOutcome::hand_back : halted(put_back.error());
        }
        case Halt::cancel: {
            const auto cancelled = cancel();
            return cancelled ? RunOutcome::finished : halted(cancelled.error());
        }
    }
    return RunOutcome::retry_later;
}

Uninterrupted<void> SyncRun::cancel() {
    if (!execution_) {
        MIM_CHECK(close_earlier_work(RecordStatus::cancelled));
        return finish(SyncStatus::cancelled,
                      summary_of_cancel(sync_.records, names_of(lost_in(sync_.records))));
    }
    MIM_CHECK(execution_->cancel_remaining());
    return finish(SyncStatus::cancelled,
                  summary_of_cancel(execution_->records(), execution_->lost_indexes()));
}

void SyncRun::tell_unknown_readiness(const Assessment& assessment) const {
    const std::vector<SyncRecord> records = execution_->records();
    for (const index::CollectionComparison& one : assessment.comparisons) {
        const index::LiveCollection* const live = assessment.seen.find(one.collection);
        if (live == nullptr || !live->readiness_unknown) continue;
        const bool all_built =
            std::all_of(one.matched.begin(), one.matched.end(), [&](const index::Matched& each) {
                return was_built(records, one.collection, each.live.spec.name);
            });
        if (all_built) continue;
        context_.ports.log.warning("sync_readiness_unknown", {{"sync", context_.lease.sync.text()},
                                                              {"collection", one.collection},
                                                              {"cause", *live->readiness_unknown}});
    }
}

Uninterrupted<void> SyncRun::give_up() {
    end_ = RunOutcome::given_up;
    const std::string why = context_.lease.earlier == Lease::Earlier::vanished
                                ? "its run ended the process twice in a row (or the process was killed, or "
                                  "cut off from the queue)"
                                : "it was taken over again and again, since the store or the queue was away,";
    return fail("Given up: " + why + " and got no further in between" +
                text_of_lost(names_of(lost_in(sync_.records))));
}

Uninterrupted<void> SyncRun::fail(const std::string& why) {
    MIM_CHECK(close_earlier_work(RecordStatus::skipped));
    return finish(SyncStatus::failed, why);
}

// No record of a finished sync says that it still runs or will run.
Uninterrupted<void> SyncRun::close_earlier_work(RecordStatus pending_becomes) {
    for (SyncRecord& record : sync_.records) {
        if (is_final(record.status)) continue;
        if (record.status == RecordStatus::running) {
            set_final(record, RecordStatus::failed, end_is_not_known(), context_.now());
        } else {
            set_final(record, pending_becomes,
                      ServerReply{0, std::string(to_string(pending_becomes)), "not tried"}, context_.now());
        }
        MIM_CHECK(context_.write(record));
    }
    return {};
}

Uninterrupted<void> SyncRun::finish(SyncStatus status, const std::string& text) {
    if (context_.stop.lease_lost()) return Halt::lost;
    const Done finished = context_.ports.progress.finish(context_.lease.sync, context_.lease.fence, status,
                                                         text, context_.now());
    if (!finished) return halt_of(finished.error());
    context_.ports.log.info("sync_finished", {{"sync", context_.lease.sync.text()},
                                              {"database", sync_.database.text()},
                                              {"status", to_string(status)},
                                              {"text", text}});
    return {};
}

}  // namespace mim::app
