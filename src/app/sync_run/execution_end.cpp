// The rest of Execution: the registry's part, and what remains when a run is halted.
#include <algorithm>
#include <set>

#include "app/sync_run/earlier_work.hpp"
#include "app/sync_run/execution.hpp"
#include "app/sync_run/passing_failure.hpp"
#include "app/sync_run/records.hpp"
#include "app/sync_run/registry_batch.hpp"

namespace mim::app {
namespace {

std::vector<std::string> collections_of(const std::vector<const index::Operation*>& operations) {
    std::set<std::string> names;
    for (const index::Operation* operation : operations) names.insert(operation->collection);
    return {names.begin(), names.end()};
}

}  // namespace

// One change for all of them, after the target has been dealt with. An edit that comes between reading and
// changing is found by the store: then what it leaves is tried anew.
Uninterrupted<void> Execution::change_registry() {
    for (int tries = 1;; ++tries) {
        MIM_TRY(round, try_to_change_registry());
        const bool edited = !round.changed && round.changed.error().code == ErrorCode::not_allowed_in_state;
        if (edited && tries < context_.limits.max_tries) continue;
        for (Task* task : round.tasks) MIM_CHECK(end(*task, round.changed));
        return {};
    }
}

Uninterrupted<Execution::RegistryRound> Execution::try_to_change_registry() {
    std::vector<Task*> tasks;
    std::vector<const index::Operation*> operations;
    for (Task& task : tasks_) {
        if (!changes_registry_only(task.operation.action) || is_final(task.record.status)) continue;
        tasks.push_back(&task);
        operations.push_back(&task.operation);
    }
    if (tasks.empty()) return RegistryRound{};
    MIM_CHECK(context_.checkpoint());
    DefinitionStore& store = context_.ports.definitions;
    const auto definitions = store.all_of(database_.id, collections_of(operations));
    if (!definitions) return Halt::store_failed;
    const RegistryBatch batch = make_registry_batch(database_.id, operations, *definitions, context_.now());
    MIM_TRY(begun, begin_registry_tasks(tasks, batch));
    auto changed = store.change(batch.changes);
    const bool store_is_away = !changed && passes(changed.error().code, Kind::service);
    if (store_is_away) return Halt::store_failed;
    return RegistryRound{std::move(begun), std::move(changed)};
}

// Those that are not refused.
Uninterrupted<std::vector<Task*>> Execution::begin_registry_tasks(const std::vector<Task*>& tasks,
                                                                  const RegistryBatch& batch) {
    std::vector<Task*> begun;
    for (std::size_t at = 0; at < tasks.size(); ++at) {
        const auto refusal = batch.refusals.find(at);
        if (refusal == batch.refusals.end()) {
            MIM_CHECK(begin(*tasks[at]));
            begun.push_back(tasks[at]);
        } else {
            MIM_CHECK(end_without_trying(*tasks[at], RecordStatus::failed, {0, "refused", refusal->second}));
        }
    }
    return begun;
}

std::vector<Task*> Execution::unfinished() {
    std::vector<Task*> tasks;
    for (Task& task : tasks_) {
        if (!is_final(task.record.status)) tasks.push_back(&task);
    }
    for (Task& task : extras_) {
        if (!is_final(task.record.status)) tasks.push_back(&task);
    }
    return tasks;
}

Uninterrupted<void> Execution::put_back() {
    for (Task* task : unfinished()) {
        if (task->record.status != RecordStatus::running || task->outcome_open) continue;
        set_pending(task->record);
        MIM_CHECK(context_.write(task->record));
    }
    return {};
}

// One change or one batch at most has been asked of the target without an answer.
Uninterrupted<void> Execution::settle_open() {
    std::vector<Task*> open = unfinished();
    std::erase_if(open, [](const Task* task) { return !task->outcome_open; });
    if (open.empty()) return {};
    return open.front()->operation.action == index::Action::create ? end_open_builds(open)
                                                                   : look_at_open_changes(open);
}

// By name of all that one command began: MongoDB does not end a part of a build.
Uninterrupted<void> Execution::end_open_builds(const std::vector<Task*>& open) {
    std::vector<index::Spec> specs;
    for (const Task* task : open) specs.push_back(task->operation.spec);
    const auto ended = steps_.end_cancelled(open.front()->operation.collection, specs);
    if (!ended && ended.error() == Halt::cancel) return {};  // none is there, as if they had not begun
    if (!ended) return ended.error();
    for (Task* task : open) MIM_CHECK(end(*task, *ended));
    return {};
}

Uninterrupted<void> Execution::look_at_open_changes(const std::vector<Task*>& open) {
    for (Task* task : open) {
        const auto seen = observe_once(context_, target_, {task->operation.collection});
        if (!seen) {
            MIM_CHECK(end_without_trying(*task, RecordStatus::failed, end_is_not_known()));
        } else if (end_of(task->record, *seen, {}) == EarlierEnd::took_effect) {
            MIM_CHECK(end(*task, Done{}));
        }
    }
    return {};
}

Uninterrupted<void> Execution::cancel_remaining() {
    MIM_CHECK(settle_open());
    for (Task* task : unfinished()) {
        MIM_CHECK(
            end_without_trying(*task, RecordStatus::cancelled, {0, "cancelled", "cancelled before its end"}));
    }
    return {};
}

std::vector<SyncRecord> Execution::records() const {
    std::vector<SyncRecord> all;
    for (const Task& task : tasks_) all.push_back(task.record);
    for (const Task& task : extras_) all.push_back(task.record);
    return all;
}

std::vector<std::string> Execution::lost_indexes() const {
    std::vector<std::string> lost;
    for (const Task& task : tasks_) {
        if (task.record.status == RecordStatus::completed) continue;
        const index::Operation* dropped = dropped_for(task);
        if (dropped == nullptr) continue;
        const Task* again = restoration(*dropped);
        if (again == nullptr || again->record.status != RecordStatus::completed)
            lost.push_back(dropped->collection + "." + dropped->index);
    }
    return lost;
}

}  // namespace mim::app
