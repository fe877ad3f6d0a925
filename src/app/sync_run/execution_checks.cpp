// What Execution asks before it changes anything: are there duplicates, was something dropped for this?
#include <algorithm>

#include "app/duplicate_checks.hpp"
#include "app/sync_run/execution.hpp"
#include "app/sync_run/records.hpp"

namespace mim::app {

// Found now, duplicates cost nothing; found by MongoDB at the end of a build, they cost the build. What
// cannot be found out stops nothing: MongoDB looks itself.
Uninterrupted<Execution::Permission> Execution::look_for_duplicates_of(Task& task) {
    if (!index::becomes_unique(task.operation) || task.duplicates == Task::Duplicates::looked_for)
        return Permission::build;
    task.duplicates = Task::Duplicates::looked_for;
    const index::DuplicateReport report =
        look_for_duplicates(target_, task.operation, Deadline::after(context_.limits.duplicates_deadline));
    if (report.verdict != index::DuplicateReport::Verdict::found) return Permission::build;
    if (!task.record.started_at) set_running(task.record, context_.now());
    MIM_CHECK(end(task, duplicates_found(report)));
    return Permission::refused;
}

// An index is not dropped for one that cannot be built.
Uninterrupted<Execution::Permission> Execution::look_before_drop(const Task& drop) {
    if (drop.operation.action != index::Action::drop || target_lost_) return Permission::build;
    const auto position = static_cast<std::size_t>(&drop - tasks_.data());
    for (Task& task : tasks_) {
        if (task.operation.restores != position || is_final(task.record.status)) continue;
        MIM_TRY(permission, look_for_duplicates_of(task));
        if (permission == Permission::refused) return Permission::refused;
    }
    return Permission::build;
}

// In the same collection: what the failed index was for may live by the one that is to go.
const index::Operation* Execution::holds_back(const Task& task) const {
    const index::Action action = task.operation.action;
    const bool takes_away = action == index::Action::drop || action == index::Action::hide;
    if (on_failure_ == OnFailure::carry_on || !takes_away) return nullptr;
    const auto failed = [&](const Task& before) {
        return before.operation.action == index::Action::create &&
               before.operation.collection == task.operation.collection && is_final(before.record.status) &&
               before.record.status != RecordStatus::completed;
    };
    for (const std::vector<Task>* tasks : {&tasks_, &extras_}) {
        const auto found = std::find_if(tasks->begin(), tasks->end(), failed);
        if (found != tasks->end()) return &found->operation;
    }
    return nullptr;
}

// None when nothing was dropped for the task, by this worker or an earlier one.
const index::Operation* Execution::dropped_for(const Task& task) const {
    if (const auto position = task.operation.restores) {
        const Task& drop = tasks_[*position];
        return drop.record.status == RecordStatus::completed ? &drop.operation : nullptr;
    }
    const auto lost = lost_.find(static_cast<std::size_t>(&task - tasks_.data()));
    return lost == lost_.end() ? nullptr : &lost->second;
}

const Task* Execution::restoration(const index::Operation& dropped) const {
    const auto found = std::find_if(extras_.begin(), extras_.end(), [&](const Task& extra) {
        return extra.operation.collection == dropped.collection && extra.operation.index == dropped.index;
    });
    return found == extras_.end() ? nullptr : &*found;
}

}  // namespace mim::app
