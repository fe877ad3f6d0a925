#include "app/sync_run/sync_run.hpp"

#include <algorithm>

#include "app/desired_state.hpp"
#include "app/sync_run/earlier_work.hpp"
#include "app/sync_run/passing_failure.hpp"
#include "app/sync_run/records.hpp"
#include "app/sync_run/verdict.hpp"

namespace mim::app {
namespace {

// A drop must not take away what an index that is still being built is to replace: it is waited for first.
bool awaits_a_build(const std::vector<index::CollectionComparison>& comparisons) {
    const auto building = [](const auto& pair) {
        return pair.live.state == index::LiveIndex::State::building;
    };
    return std::any_of(comparisons.begin(), comparisons.end(), [&](const index::CollectionComparison& one) {
        return std::any_of(one.matched.begin(), one.matched.end(), building) ||
               std::any_of(one.changed.begin(), one.changed.end(), building);
    });
}

}  // namespace

RunOutcome SyncRun::run() {
    if (const auto claimed = claim(); !claimed) return halted(claimed.error());
    if (const auto done = work(); !done) return halted(done.error());
    return RunOutcome::finished;
}

Uninterrupted<void> SyncRun::claim() {
    if (context_.stop.lease_lost()) return Halt::lost;
    auto claimed = context_.ports.progress.claim(context_.lease.sync, context_.lease.fence, context_.now());
    if (!claimed) return halt_of(claimed.error());
    sync_ = std::move(*claimed);
    return {};
}

Uninterrupted<void> SyncRun::work() {
    if (context_.lease.attempt > context_.limits.max_attempts) {
        return fail("Given up: " + std::to_string(context_.limits.max_attempts) +
                    " workers began this sync and none came to its end");
    }
    auto database = context_.ports.databases.get(sync_.database);
    if (!database) {
        if (database.error().code == ErrorCode::not_found)
            return fail("The database is no longer registered");
        return Halt::store_failed;
    }
    database_ = std::move(*database);
    auto target = context_.ports.targets.open(database_);
    if (!target) return fail("The target cannot be opened: " + target.error().message);
    target_ = std::move(*target);
    MIM_TRY(settled, settle_earlier_work());
    if (!settled) return fail("The live indexes cannot be read: " + settled.error().message);
    MIM_TRY(before, assess());
    if (!before) return fail("The live indexes cannot be read: " + before.error().message);
    MIM_CHECK(context_.checkpoint());
    index::Plan plan = index::make_plan(before->comparisons,
                                        plan_options(sync_.options, before->version, database_.db_name));
    const auto& expected = sync_.options.fingerprint;
    if (expected && *expected != plan.fingerprint && !has_begun()) {
        return fail("The plan changed since it was looked at, so nothing was done: ask for the plan again");
    }
    const bool nothing_to_do = plan.empty();
    MIM_CHECK(store_plan(std::move(plan)));
    if (nothing_to_do) return conclude(*before);
    MIM_CHECK(execution_->run());
    MIM_TRY(after, assess());
    if (after) return conclude(*after);
    return finish(SyncStatus::failed,
                  "What was done cannot be verified, because the live indexes cannot be read: " +
                      after.error().message);
}

// Something of an earlier worker has happened, or may have: then the state is not the one the fingerprint
// describes.
bool SyncRun::has_begun() const {
    return std::any_of(sync_.records.begin(), sync_.records.end(),
                       [](const SyncRecord& record) { return record.status != RecordStatus::pending; });
}

Uninterrupted<Done> SyncRun::settle_earlier_work() {
    const auto running = [](const SyncRecord& record) { return record.status == RecordStatus::running; };
    if (std::none_of(sync_.records.begin(), sync_.records.end(), running)) return Done{};
    MIM_TRY(seen, observe(context_, *target_, sync_.collections));
    if (!seen) return Done(seen.error());
    const auto definitions = context_.ports.definitions.all_of(sync_.database, sync_.collections);
    if (!definitions) return Halt::store_failed;
    for (SyncRecord& record : sync_.records) {
        if (!running(record)) continue;
        const EarlierEnd end = end_of(record, *seen, *definitions);
        if (end == EarlierEnd::building) {
            MIM_TRY(joined, join_build(record));
            if (!joined) return Done(joined.error());
        } else if (end == EarlierEnd::took_effect) {
            set_final(record, RecordStatus::completed, std::nullopt, context_.now());
            MIM_CHECK(context_.write(record));
        } else {
            set_pending(
                record);  // here only: the new plan replaces it, or the end of the run says what became of it
        }
    }
    return Done{};
}

// Our own build goes on at the server without the worker that began it: asking for it again waits for it,
// shows its progress and can end it. The inner error is never set: a failed build is the record's own truth.
Uninterrupted<Done> SyncRun::join_build(SyncRecord& record) {
    if (record.action != index::Action::create) return Done{};
    BuildWatch watch(context_, {&record});
    Steps steps(context_, *target_);
    const auto built =
        steps.create(record.collection, {index::Spec::from_document(record.definition)}, watch);
    if (!built) {
        const bool ended = built.error() == Halt::cancel;
        if (ended)
            set_final(record, RecordStatus::cancelled, ServerReply{0, "cancelled", "cancelled"},
                      context_.now());
        if (ended) MIM_CHECK(context_.write(record));
        return built.error();
    }
    const bool done = built->has_value();
    set_final(record, done ? RecordStatus::completed : RecordStatus::failed,
              done ? std::nullopt : std::optional<ServerReply>(reply_of(built->error())), context_.now());
    MIM_CHECK(context_.write(record));
    return Done{};
}

Uninterrupted<Result<SyncRun::Assessment>> SyncRun::assess() {
    const SteadyTime patience_ends = context_.ports.clock.steady() + context_.limits.build_deadline;
    for (;;) {
        MIM_TRY(seen, observe(context_, *target_, sync_.collections));
        if (!seen) return Result<Assessment>(seen.error());
        const auto definitions = context_.ports.definitions.all_of(sync_.database, sync_.collections);
        if (!definitions) return Halt::store_failed;
        const index::CompareOptions options{.version = seen->version, .names = sync_.options.names};
        Assessment assessment{seen->version, compare_all(*definitions, seen->live, options)};
        if (!awaits_a_build(assessment.comparisons)) return Result<Assessment>(std::move(assessment));
        if (context_.ports.clock.steady() >= patience_ends) return Result<Assessment>(std::move(assessment));
        context_.ports.pause.wait(context_.limits.progress_interval, context_.stop);
        MIM_CHECK(context_.checkpoint());
    }
}

Uninterrupted<void> SyncRun::store_plan(index::Plan plan) {
    std::vector<SyncRecord> records;
    for (const index::Operation& operation : plan.operations) records.push_back(record_of(operation));
    MIM_TRY(stored, context_.plan(std::move(records)));
    std::vector<Task> tasks;
    for (std::size_t at = 0; at < stored.size(); ++at) {
        tasks.push_back({std::move(plan.operations[at]), std::move(stored[at])});
    }
    execution_.emplace(context_, database_, *target_, std::move(tasks));
    return {};
}

Uninterrupted<void> SyncRun::conclude(const Assessment& assessment) {
    const std::string failure =
        summary_of_failure(execution_->records(), differences_left(assessment.comparisons, sync_.options));
    return finish(failure.empty() ? SyncStatus::completed : SyncStatus::failed, failure);
}

}  // namespace mim::app
