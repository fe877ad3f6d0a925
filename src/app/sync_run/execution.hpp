// Carries a stored plan out, task by task, each with a record that is true at every moment.
#pragma once

#include <map>

#include "app/sync_run/registry_batch.hpp"
#include "app/sync_run/steps.hpp"
#include "app/sync_run/task.hpp"

namespace mim::app {

class Execution {
  public:
    // `tasks` in the order of the plan, so that positions in their operations are positions in `tasks`.
    // `there`: as of Steps. `lost`: by the position of a create, the index that an earlier worker dropped for
    // it.
    Execution(const RunContext& context, const Database& database, Target& target, OnFailure on_failure,
              std::set<std::string> there, std::vector<Task> tasks,
              std::map<std::size_t, index::Operation> lost = {});

    // Errors of the target end up in the records and stop nothing, but one: when the target is gone, what is
    // left ends as skipped, so that a dead target does not hold a worker for its deadline times the length of
    // the plan.
    [[nodiscard]] Uninterrupted<void> run();

    // After a halt. What was begun and not sent is pending again; what was sent and has no known outcome
    // stays running: the next worker joins a build, and looks what became of anything else.
    [[nodiscard]] Uninterrupted<void> put_back();
    // Looks itself, and ends what is still being built.
    [[nodiscard]] Uninterrupted<void> cancel_remaining();

    [[nodiscard]] std::vector<SyncRecord> records() const;  // also those of restored indexes
    // Dropped, and neither replaced nor restored: "orders.a_1".
    [[nodiscard]] std::vector<std::string> lost_indexes() const;

  private:
    [[nodiscard]] std::size_t end_of_group(std::size_t first) const;
    Uninterrupted<void> run_batch(std::size_t first, std::size_t end);
    Uninterrupted<void> end_batch(const std::vector<Task*>& tasks, const Done& built);
    Uninterrupted<void> run_one(Task& task);
    Uninterrupted<void> apply(Task& task);
    Uninterrupted<Done> send(Task& task);
    enum class Permission { build, refused };  // refused: the task has ended as failed
    Uninterrupted<Permission> look_for_duplicates_of(Task& task);
    Uninterrupted<Permission> look_before_drop(const Task& drop);
    // What keeps a drop or hide from being carried out: a build before it that did not succeed.
    [[nodiscard]] const index::Operation* holds_back(const Task& task) const;
    Uninterrupted<void> restore_for(const Task& failed);
    [[nodiscard]] const index::Operation* dropped_for(const Task& task) const;     // of tasks_
    [[nodiscard]] const Task* restoration(const index::Operation& dropped) const;  // none = not tried
    Uninterrupted<void> insert_extra(Task extra);
    struct RegistryRound {
        std::vector<Task*> tasks;  // what the change was for
        Done changed;
    };
    Uninterrupted<void> change_registry();
    Uninterrupted<RegistryRound> try_to_change_registry();
    Uninterrupted<std::vector<Task*>> begin_registry_tasks(const std::vector<Task*>& tasks,
                                                           const RegistryBatch& batch);
    Uninterrupted<void> begin(Task& task);
    Uninterrupted<void> end(Task& task, const Done& done);
    Uninterrupted<void> end_without_trying(Task& task, RecordStatus status, ServerReply why);
    [[nodiscard]] std::vector<Task*> unfinished();
    Uninterrupted<void> settle_open();
    Uninterrupted<void> end_open_builds(const std::vector<Task*>& open);
    Uninterrupted<void> look_at_open_changes(const std::vector<Task*>& open);
    Uninterrupted<void> look_for_target(const Error& failure);

    const RunContext& context_;
    const Database& database_;
    Target& target_;
    const OnFailure on_failure_;
    bool target_lost_ = false;  // it answered nobody any more: the rest is not even tried
    Steps steps_;
    std::vector<Task> tasks_;
    std::map<std::size_t, index::Operation> lost_;
    std::vector<Task> extras_;  // restored indexes
};

}  // namespace mim::app
