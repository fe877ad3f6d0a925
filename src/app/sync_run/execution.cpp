#include "app/sync_run/execution.hpp"

#include "app/sync_run/backoff.hpp"
#include "app/sync_run/ended_builds.hpp"
#include "app/sync_run/passing_failure.hpp"
#include "app/sync_run/records.hpp"
#include "index/comparison/ownership.hpp"
#include "index/script/script.hpp"

namespace mim::app {
namespace {

// The last gate before the target: whatever a plan says, MongoDB's own index is not touched.
bool touches_id_index(const index::Operation& operation) {
    return operation.index == "_id_" || index::is_id(operation.spec);
}

bool may_join_a_batch(const Task& task) {
    const index::Operation& operation = task.operation;
    return operation.action == index::Action::create && !operation.after_success_of && !operation.restores &&
           !touches_id_index(operation);
}

// Whether nobody knows, should the run be halted now, what became of a change: its answer was lost, or not
// waited for. A build that was cancelled has been seen to its end.
bool is_open(const Uninterrupted<Done>& sent, index::Action action) {
    if (sent) return !*sent && may_pass(sent->error());
    return sent.error() != Halt::cancel || action != index::Action::create;
}

// A cancel that could not end what was begun is one all the same.
Uninterrupted<void> halt_if_cancelled(const Done& done) {
    if (!done && done.error().code == ErrorCode::cancelled) return Halt::cancel;
    return {};
}

Task restoring_task(const index::Operation& dropped, const std::string& db_name) {
    index::Operation operation;
    operation.collection = dropped.collection;
    operation.index = dropped.index;
    operation.action = index::Action::create;
    operation.spec = dropped.spec;
    operation.statement = index::create_statement(db_name, operation.collection, operation.spec);
    operation.reason = "was dropped for an index that could not be built: built again";
    operation.risk = index::Risk::safe;
    SyncRecord record = record_of(operation);
    return {.operation = std::move(operation), .record = std::move(record)};
}

}  // namespace

Execution::Execution(const RunContext& context, const Database& database, Target& target,
                     OnFailure on_failure, std::set<std::string> there, std::vector<Task> tasks,
                     std::map<std::size_t, index::Operation> lost)
    : context_(context),
      database_(database),
      target_(target),
      on_failure_(on_failure),
      steps_(context, target, std::move(there)),
      tasks_(std::move(tasks)),
      lost_(std::move(lost)) {}

Uninterrupted<void> Execution::run() {
    for (std::size_t at = 0; at < tasks_.size();) {
        if (changes_registry_only(tasks_[at].operation.action) || is_final(tasks_[at].record.status)) {
            ++at;
            continue;
        }
        MIM_CHECK(context_.checkpoint());
        const std::size_t group_end = target_lost_ ? at + 1 : end_of_group(at);
        if (group_end - at > 1) {
            MIM_CHECK(run_batch(at, group_end));
        } else {
            MIM_CHECK(run_one(tasks_[at]));
        }
        at = group_end;
    }
    return change_registry();
}

std::size_t Execution::end_of_group(std::size_t first) const {
    std::size_t end = first + 1;
    if (!may_join_a_batch(tasks_[first])) return end;
    while (end < tasks_.size() && may_join_a_batch(tasks_[end]) && !is_final(tasks_[end].record.status) &&
           tasks_[end].operation.collection == tasks_[first].operation.collection) {
        ++end;
    }
    return end;
}

// One createIndexes for all, so that the collection is scanned once. It builds all or none: after a failure
// each is tried alone, for a truth of its own.
Uninterrupted<void> Execution::run_batch(std::size_t first, std::size_t end_at) {
    std::vector<index::Spec> specs;
    std::vector<SyncRecord*> records;
    std::vector<Task*> tasks;
    for (std::size_t at = first; at < end_at; ++at) {
        MIM_CHECK(begin(tasks_[at]));
        MIM_TRY(permission, look_for_duplicates_of(tasks_[at]));
        if (permission == Permission::refused) {
            MIM_CHECK(restore_for(tasks_[at]));
            continue;
        }
        specs.push_back(tasks_[at].operation.spec);
        tasks.push_back(&tasks_[at]);
        records.push_back(&tasks_[at].record);
    }
    if (tasks.empty()) return {};
    BuildWatch watch(context_, records);
    const auto built = steps_.create(tasks.front()->operation.collection, specs, watch);
    for (Task* task : tasks) task->outcome_open = is_open(built, index::Action::create);
    if (!built) return built.error();
    if (*built || may_pass(built->error()) || is_fate_of_all(built->error())) return end_batch(tasks, *built);
    for (Task* task : tasks) {
        set_pending(task->record);
        MIM_CHECK(context_.write(task->record));
    }
    for (Task* task : tasks) {
        MIM_CHECK(context_.checkpoint());
        MIM_CHECK(run_one(*task));
    }
    return {};
}

// Of one fate: a build that failed for no index's sake may still run, as a whole, or was ended as a whole.
Uninterrupted<void> Execution::end_batch(const std::vector<Task*>& tasks, const Done& built) {
    if (!built) MIM_CHECK(look_for_target(built.error()));
    for (Task* task : tasks) MIM_CHECK(end(*task, built));
    if (built) return {};
    MIM_CHECK(halt_if_cancelled(built));
    for (Task* task : tasks) MIM_CHECK(restore_for(*task));
    return {};
}

Uninterrupted<void> Execution::run_one(Task& task) {
    const auto prerequisite = task.operation.after_success_of;
    if (prerequisite && tasks_[*prerequisite].record.status != RecordStatus::completed) {
        const index::Operation& first = tasks_[*prerequisite].operation;
        MIM_CHECK(end_without_trying(task, RecordStatus::skipped,
                                     {0, "skipped",
                                      "not tried, because this did not succeed before: " +
                                          std::string(index::to_string(first.action)) + " " + first.index}));
    } else if (const index::Operation* failed = holds_back(task)) {
        MIM_CHECK(
            end_without_trying(task, RecordStatus::skipped,
                               {0, "skipped",
                                "held back, because this did not succeed before: " +
                                    std::string(index::to_string(failed->action)) + " " + failed->index}));
    } else {
        MIM_TRY(permission, look_before_drop(task));
        if (permission == Permission::refused) {
            return end_without_trying(
                task, RecordStatus::skipped,
                {0, "skipped", "kept, because the index that is to replace it cannot be built"});
        }
        MIM_CHECK(apply(task));
    }
    if (task.record.status == RecordStatus::completed) return {};
    return restore_for(task);
}

Uninterrupted<void> Execution::apply(Task& task) {
    if (touches_id_index(task.operation)) {
        return end_without_trying(task, RecordStatus::failed,
                                  {0, "refused", "the _id_ index is never touched"});
    }
    if (target_lost_) {
        return end_without_trying(task, RecordStatus::skipped,
                                  {0, "skipped", "not tried: the target could not be reached any more"});
    }
    MIM_CHECK(begin(task));
    MIM_TRY(permission, look_for_duplicates_of(task));
    if (permission == Permission::refused) return {};
    const auto sent = send(task);
    task.outcome_open = is_open(sent, task.operation.action);
    if (!sent) return sent.error();
    if (!*sent) MIM_CHECK(look_for_target(sent->error()));
    MIM_CHECK(end(task, *sent));
    return halt_if_cancelled(*sent);
}

Uninterrupted<void> Execution::look_for_target(const Error& failure) {
    if (!passes(failure.code, Kind::target)) return {};
    Backoff backoff(context_);
    for (;;) {
        const auto answer = target_.probe(Deadline::after(context_.limits.read_deadline));
        target_lost_ = !answer;
        if (answer || answer.error().code != ErrorCode::target_paused) return {};
        MIM_TRY(again, backoff.again(answer.error()));
        if (!again) return {};
    }
}

Uninterrupted<Done> Execution::send(Task& task) {
    switch (task.operation.action) {
        case index::Action::create: {
            BuildWatch watch(context_, {&task.record});
            return steps_.create(task.operation.collection, {task.operation.spec}, watch);
        }
        case index::Action::drop:
            return steps_.drop(task.operation);
        case index::Action::modify:
        case index::Action::hide:
            return steps_.modify(task.operation);
        default:
            return Done(Error{ErrorCode::internal, "not an operation of the target"});
    }
}

// `failed` was to take the place of a dropped index: better the old one than none.
Uninterrupted<void> Execution::restore_for(const Task& failed) {
    const index::Operation* dropped = dropped_for(failed);
    if (dropped == nullptr || restoration(*dropped) != nullptr) return {};
    MIM_CHECK(insert_extra(restoring_task(*dropped, database_.db_name)));
    MIM_CHECK(context_.checkpoint());
    return apply(extras_.back());
}

// A new record comes before those that are still to be done.
Uninterrupted<void> Execution::insert_extra(Task extra) {
    extras_.push_back(std::move(extra));
    const std::vector<Task*> remaining = unfinished();
    std::vector<SyncRecord> records{extras_.back().record};
    for (const Task* task : remaining) {
        if (task != &extras_.back()) records.push_back(task->record);
    }
    MIM_TRY(stored, context_.plan(std::move(records)));
    auto record = stored.begin();
    extras_.back().record = *record++;
    for (Task* task : remaining) {
        if (task != &extras_.back()) task->record = *record++;
    }
    return {};
}

Uninterrupted<void> Execution::begin(Task& task) {
    set_running(task.record, context_.now());
    return context_.write(task.record);
}

Uninterrupted<void> Execution::end(Task& task, const Done& done) {
    if (done) {
        set_final(task.record, RecordStatus::completed, std::nullopt, context_.now());
        return context_.write(task.record);
    }
    const Error error = done.error();
    const ServerReply reply = reply_of(error);
    context_.ports.log.warning("sync_operation_failed", {{"sync", context_.lease.sync.text()},
                                                         {"action", index::to_string(task.operation.action)},
                                                         {"collection", task.operation.collection},
                                                         {"index", task.operation.index},
                                                         {"code", to_string(error.code)},
                                                         {"server_code", reply.code},
                                                         {"text", reply.message}});
    set_final(task.record, RecordStatus::failed, reply, context_.now());
    return context_.write(task.record);
}

Uninterrupted<void> Execution::end_without_trying(Task& task, RecordStatus status, ServerReply why) {
    set_final(task.record, status, std::move(why), context_.now());
    return context_.write(task.record);
}

}  // namespace mim::app
