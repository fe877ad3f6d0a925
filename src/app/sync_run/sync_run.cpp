#include "app/sync_run/sync_run.hpp"

#include <algorithm>
#include <map>

#include "app/desired_state.hpp"
#include "app/protection.hpp"
#include "app/requester.hpp"
#include "app/restoration.hpp"
#include "app/seen_servers.hpp"
#include "app/sync_run/earlier_work.hpp"
#include "app/sync_run/ended_builds.hpp"
#include "app/sync_run/passing_failure.hpp"
#include "app/sync_run/records.hpp"
#include "app/sync_run/verdict.hpp"
#include "base/call_memory.hpp"

namespace mim::app {
namespace {

constexpr const char* cannot_be_read = "The live indexes cannot be read: ";

std::set<std::string> collections_there(const Observation& seen) {
    std::set<std::string> names;
    for (const index::LiveCollection& each : seen.live) {
        if (each.traits.kind != index::CollectionKind::missing) names.insert(each.name);
    }
    return names;
}

// Of every index is known whether it is ready.
bool all_is_told(const Observation& seen) {
    return std::none_of(seen.live.begin(), seen.live.end(),
                        [](const index::LiveCollection& each) { return each.readiness_unknown.has_value(); });
}

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
    return end_;
}

Uninterrupted<void> SyncRun::claim() {
    if (context_.stop.lease_lost()) return Halt::lost;
    auto claimed = context_.ports.progress.claim(context_.lease.sync, context_.lease.fence, context_.now());
    if (!claimed) return halt_of(claimed.error());
    sync_ = std::move(*claimed);
    return {};
}

Uninterrupted<bool> SyncRun::leads_nowhere() {
    const bool vanished = context_.lease.earlier == Lease::Earlier::vanished;
    if (context_.lease.attempt == 1 && !vanished) return false;
    const int cost = vanished ? context_.limits.cost_of_a_death : 1;
    const auto counted = context_.ports.progress.count_takeover(context_.lease.sync, context_.lease.fence,
                                                                cost, context_.now());
    if (!counted) return halt_of(counted.error());
    // Between a drop and the build that it was for, giving up would be the greater harm.
    const int patience = lost_in(sync_.records).empty() ? 1 : 2;
    return *counted >= patience * context_.limits.most_cost;
}

Uninterrupted<void> SyncRun::work() {
    // Before anything is asked of the target, whose answer may be what ends the process.
    MIM_TRY(nowhere, leads_nowhere());
    if (nowhere) return give_up();
    auto database = context_.ports.databases.get(sync_.database);
    if (!database) {
        if (database.error().code == ErrorCode::not_found)
            return fail("The database is no longer registered");
        return Halt::store_failed;
    }
    database_ = std::move(*database);
    auto target = context_.ports.targets.open_for_run(database_, context_.stop);
    if (!target) return fail("The target cannot be opened: " + target.error().message);
    target_ = std::move(*target);
    MIM_TRY(settled, settle_earlier_work());
    if (!settled) return fail(settled.error().message);
    MIM_TRY(before, assess());
    if (!before) return fail(cannot_be_read + before.error().message);
    note_server(context_.ports.databases, database_, before->seen.release, context_.now());
    MIM_CHECK(context_.checkpoint());
    TakeoverPlan made = make_plan(*before);
    const auto& expected = sync_.options.fingerprint;
    if (expected && *expected != made.plan.fingerprint && !has_begun()) {
        return fail("The plan changed since it was looked at, so nothing was done: ask for the plan again");
    }
    MIM_TRY(allowed, permission(made.plan));
    if (!allowed)
        return fail(allowed.error().message +
                    (has_begun() ? "; nothing more was done" : "; nothing was done"));
    const bool nothing_to_do = made.plan.empty();
    MIM_CHECK(store_plan(std::move(made), collections_there(before->seen)));
    if (nothing_to_do) return conclude(*before);
    MIM_CHECK(execution_->run());
    MIM_TRY(after, assess());
    if (after) return conclude(*after);
    return finish(SyncStatus::failed,
                  "What was done cannot be verified, because the live indexes cannot be read: " +
                      after.error().message);
}

// What has begun is brought to its end: between a drop and its build, to stop would be the greater harm.
Uninterrupted<Done> SyncRun::requesters_permission() {
    if (has_begun()) return Done{};
    const auto role = role_of_requester(sync_, context_.ports.users);
    if (!role && role.error().code != ErrorCode::forbidden) return Halt::store_failed;
    if (!role) return Done(role.error());
    sync_.requested_as = *role;
    return Done{};
}

// The database is read again: the target took its time to answer, and a protection that came meanwhile holds.
Uninterrupted<Done> SyncRun::permission(const index::Plan& plan) {
    MIM_TRY(requester, requesters_permission());
    if (!requester) return requester;
    const auto database = context_.ports.databases.get(sync_.database);
    if (!database) return Halt::store_failed;
    return check_run(*database, sync_, plan);
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
    if (!seen) return Done(Error(seen.error().code, cannot_be_read + seen.error().message));
    const auto definitions = context_.ports.definitions.all_of(sync_.database, sync_.collections);
    if (!definitions) return Halt::store_failed;
    std::map<std::string, std::vector<SyncRecord*>> building;  // by their collection
    for (SyncRecord& record : sync_.records) {
        if (!running(record)) continue;
        const EarlierEnd end = end_of(record, *seen, *definitions);
        if (end == EarlierEnd::building) {
            if (record.action == index::Action::create) building[record.collection].push_back(&record);
        } else if (end == EarlierEnd::took_effect) {
            set_final(record, RecordStatus::completed, std::nullopt, context_.now());
            MIM_CHECK(context_.write(record));
        } else {
            set_pending(
                record);  // here only: the new plan replaces it, or the end of the run says what became of it
        }
    }
    Done all_joined;
    for (auto& [collection, records] : building) {
        MIM_TRY(joined, join_builds(std::move(records)));
        if (!joined) all_joined = std::move(joined);
    }
    // Between a drop and the build that it was for, giving up would be the greater harm.
    return lost_in(sync_.records).empty() ? std::move(all_joined) : Done{};
}

// Our own build goes on at the server without the worker that began it: asking for it again waits for it,
// shows its progress and can end it. Those of one collection are one build. A failure is the records' own
// truth; that of several is replanned, for each to have one of its own.
Uninterrupted<Done> SyncRun::join_builds(std::vector<SyncRecord*> records) {
    const std::string& collection = records.front()->collection;
    BuildWatch watch(context_, records);
    Steps steps(context_, *target_, {collection});
    std::vector<index::Spec> specs;
    for (const SyncRecord* record : records) specs.push_back(index::Spec::from_document(record->definition));
    const auto built = steps.create(collection, specs, watch, Steps::Earlier::may_run);
    const bool was_ended = built && !*built && is_fate_of_all(built->error());
    if (!built && built.error() != Halt::cancel) return built.error();
    for (SyncRecord* record : records) {
        if (!built) {
            set_final(*record, RecordStatus::cancelled, ServerReply{0, "cancelled", "cancelled"},
                      context_.now());
        } else if (*built) {
            set_final(*record, RecordStatus::completed, std::nullopt, context_.now());
        } else if (records.size() > 1 && !may_pass(built->error()) && !was_ended) {
            set_pending(*record);
        } else {
            set_final(*record, RecordStatus::failed, reply_of(built->error()), context_.now());
        }
        MIM_CHECK(context_.write(*record));
    }
    if (!built) return built.error();
    if (!was_ended) return Done{};
    return Done(Error(built->error().code, "A build of " + collection +
                                               " that an earlier worker began came to no end: " +
                                               built->error().message + " Nothing more was done"));
}

Uninterrupted<Result<SyncRun::Assessment>> SyncRun::assess() {
    const SteadyTime patience_ends = context_.ports.clock.steady() + context_.limits.build_deadline;
    for (;;) {
        MIM_TRY(seen, observe(context_, *target_, sync_.collections));
        if (!seen) return Result<Assessment>(seen.error());
        const auto definitions = context_.ports.definitions.all_of(sync_.database, sync_.collections);
        if (!definitions) return Halt::store_failed;
        index::CompareOptions options{.version = seen->version(), .names = sync_.options.names};
        options.binary = seen->release.binary;
        const CallMemory memory(seen->held);
        auto comparisons = compare_all(*definitions, seen->live, options);
        if (!comparisons) return Result<Assessment>(std::move(comparisons).error());
        Assessment assessment{std::move(*seen), std::move(*comparisons)};
        if (!awaits_a_build(assessment.comparisons)) return Result<Assessment>(std::move(assessment));
        if (context_.ports.clock.steady() >= patience_ends) return Result<Assessment>(std::move(assessment));
        context_.ports.pause.wait(context_.limits.progress_interval, context_.stop);
        MIM_CHECK(context_.checkpoint());
    }
}

TakeoverPlan SyncRun::make_plan(const Assessment& assessment) const {
    const Observation& seen = assessment.seen;
    if (sync_.restoration)
        return {restoration_plan(*sync_.restoration, seen.live, seen.version(), database_.db_name), {}};
    return plan_after(lost_in(sync_.records), assessment.comparisons,
                      plan_options(sync_.options, seen.version(), database_.db_name));
}

Uninterrupted<void> SyncRun::reopen(const std::vector<SyncRecord>& planned) {
    for (SyncRecord& record : sync_.records) {
        if (!is_final(record.status) || record.status == RecordStatus::completed) continue;
        const bool again = std::any_of(planned.begin(), planned.end(),
                                       [&](const SyncRecord& one) { return is_same_operation(one, record); });
        if (!again) continue;
        const auto begun = record.started_at;
        set_pending(record);
        record.error.reset();
        record.completed_at.reset();
        // It may have taken effect: whoever takes over before the plan is stored looks what became of it.
        if (begun) set_running(record, *begun);
        MIM_CHECK(context_.write(record));
    }
    return {};
}

Uninterrupted<void> SyncRun::store_plan(TakeoverPlan made, std::set<std::string> there) {
    std::vector<index::Operation>& operations = made.plan.operations;
    std::vector<SyncRecord> records;
    for (const index::Operation& operation : operations) records.push_back(record_of(operation));
    // Whoever takes over must know what a drop was for.
    for (const index::Operation& operation : operations) {
        if (operation.restores) records[*operation.restores].definition_id = operation.definition;
    }
    MIM_CHECK(reopen(records));
    MIM_TRY(stored, context_.plan(std::move(records)));
    std::vector<Task> tasks;
    for (std::size_t at = 0; at < stored.size(); ++at) {
        tasks.push_back({.operation = std::move(operations[at]), .record = std::move(stored[at])});
    }
    execution_.emplace(context_, database_, *target_, sync_.options.on_failure, std::move(there),
                       std::move(tasks), std::move(made.lost));
    return {};
}

std::vector<std::string> SyncRun::left_to_do(const Assessment& assessment) const {
    if (!sync_.restoration) return differences_left(assessment.comparisons, sync_.options);
    std::vector<std::string> left;
    for (const index::Operation& operation : make_plan(assessment).plan.operations)
        left.push_back(operation.collection + "." + operation.index + " is not restored");
    return left;
}

Uninterrupted<void> SyncRun::conclude(const Assessment& assessment) {
    tell_unknown_readiness(assessment);
    const std::vector<std::string> left = left_to_do(assessment);
    std::string failure = summary_of_failure(execution_->records(), left);
    if (!failure.empty() && left.empty() && all_is_told(assessment.seen)) failure += text_of_nothing_left();
    MIM_CHECK(finish(failure.empty() ? SyncStatus::completed : SyncStatus::failed, failure));
    const bool all_was_met = failure.empty() && !sync_.restoration;
    if (all_was_met) {
        forget_earlier_rules(context_.ports.databases, context_.ports.definitions, database_,
                             sync_.collections);
    }
    return {};
}

}  // namespace mim::app
