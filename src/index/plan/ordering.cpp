#include "index/plan/ordering.hpp"

#include <algorithm>
#include <tuple>

#include "index/comparison/manageable.hpp"
#include "index/definition/shard_key.hpp"
#include "index/plan/agenda.hpp"
#include "index/plan/successor.hpp"
#include "index/rules/rules.hpp"

namespace mim::index {
namespace {

using Position = std::optional<std::size_t>;

class Sequencer {
  public:
    Sequencer(const PlanScope& scope, std::vector<Operation>& operations)
        : scope_(scope), agenda_(make_agenda(scope)), operations_(operations) {
        const CollectionKind kind = scope.collection.traits.kind;
        const bool has_id_index = kind == CollectionKind::ordinary || kind == CollectionKind::missing;
        count_ = std::max<std::size_t>(scope.collection.live_count, has_id_index ? 1 : 0);
        dropped_at_.resize(agenda_.drops.size());
    }

    void run() {
        for (PendingModify& one : agenda_.modifies) {
            operations_.push_back(modify_operation(scope_, *one.changed, std::move(one.changes)));
        }
        // Replacements come before builds that need another's place: each of them leaves as much room as it
        // found.
        build_all([](const PendingBuild& build) { return build.drops.empty(); });
        build_changed();
        build_all([](const PendingBuild& build) { return !build.changed && !build.drops.empty(); });
        build_late();
        for (const PendingBuild& build : agenda_.builds) {
            if (!build.refusal.empty()) append_refused(build, build.refusal);
        }
        for (const LiveIndex* live : agenda_.hides) append_hide(*live);
        drop_the_rest();
    }

  private:
    template <class Predicate>
    void build_all(const Predicate& wanted) {
        for (const PendingBuild& build : agenda_.builds) {
            if (!build.refusal.empty() || !wanted(build)) continue;
            if (!try_build(build)) late_.push_back(&build);
        }
    }

    // First those that need nobody's place but their own, so that no gap is longer than one build; what then
    // remains waits for one another in a circle, which has to be broken somewhere.
    void build_changed() {
        std::vector<const PendingBuild*> waiting;
        for (const PendingBuild& build : agenda_.builds) {
            if (build.refusal.empty() && build.changed && !build.drops.empty()) waiting.push_back(&build);
        }
        while (!waiting.empty()) {
            auto next = std::find_if(waiting.begin(), waiting.end(), [this](const PendingBuild* build) {
                return needs_no_other_change(*build);
            });
            if (next == waiting.end()) next = waiting.begin();
            if (!try_build(**next)) late_.push_back(*next);
            waiting.erase(next);
        }
    }

    bool needs_no_other_change(const PendingBuild& build) const {
        return std::all_of(build.drops.begin(), build.drops.end(), [&](std::size_t drop) {
            const Changed* changed = agenda_.drops[drop].changed;
            return dropped_at_[drop] || !changed || changed == build.changed;
        });
    }

    // A replacement may have left room meanwhile.
    void build_late() {
        for (const PendingBuild* build : late_) {
            if (try_build(*build)) continue;
            append_refused(*build, "MongoDB will refuse it: the collection would hold more than " +
                                       std::to_string(max_indexes_per_collection) + " indexes");
        }
    }

    // False when the limit of 64 leaves no room for it; then nothing was dropped that would have stayed.
    bool try_build(const PendingBuild& build) {
        Position last = make_room(build);
        if (count_without(build) >= max_indexes_per_collection) return false;
        last = drop_first(build, last);
        const Wording words = build.drops.empty() ? words_for_create(build.desired->spec, scope_.collection)
                                                  : replacement_words(build);
        const std::size_t create = append_create(build, last, words);
        operations_[create].restores = to_restore(build);
        return true;
    }

    // Its own predecessor, or what was given up for it; never the predecessor of another build, which has its
    // own.
    Position to_restore(const PendingBuild& build) const {
        for (const std::size_t drop : build.drops) {
            const Changed* changed = agenda_.drops[drop].changed;
            if (!changed || changed == build.changed) return dropped_at_[drop];
        }
        return std::nullopt;
    }

    // The indexes there will be when everything that stands in the way of `build` is gone.
    std::size_t count_without(const PendingBuild& build) const {
        const auto going = std::count_if(build.drops.begin(), build.drops.end(),
                                         [this](std::size_t drop) { return !dropped_at_[drop]; });
        return count_ - static_cast<std::size_t>(going);
    }

    // Each drop waits for the one before, so that nothing is given up for a build that can no longer come.
    Position drop_first(const PendingBuild& build, Position last) {
        for (const std::size_t drop : build.drops) {
            if (dropped_at_[drop]) last = std::max(last, dropped_at_[drop]);
        }
        for (const std::size_t drop : build.drops) {
            if (dropped_at_[drop]) continue;
            const std::size_t position = append_drop(drop, obstacle_words(drop, build));
            operations_[position].after_success_of = last;
            last = position;
        }
        return last;
    }

    Wording obstacle_words(std::size_t drop, const PendingBuild& build) const {
        const PendingDrop& pending = agenda_.drops[drop];
        if (pending.changed)
            return words_for_replaced(*pending.changed, scope_.collection.collection,
                                      rebuild_reason(*pending.changed));
        Wording words = words_for_drop(*pending.live, scope_.collection);
        words.reason += "; it must go before " + build.canonical->name + " is built: " + build.obstacle;
        return words;
    }

    Wording replacement_words(const PendingBuild& build) const {
        if (build.changed) {
            std::string reason = rebuild_reason(*build.changed);
            if (!build.obstacle.empty()) reason += "; another index goes before: " + build.obstacle;
            return words_for_replacement(build.desired->spec, build.changed->live, scope_.collection, reason);
        }
        Wording words = words_for_create(build.desired->spec, scope_.collection);
        words.reason += "; another index must be dropped first: " + build.obstacle;
        words.meanwhile = "queries that used the index dropped for it run without until the build ends" +
                          words.meanwhile.substr(std::string_view("no query loses an index").size());
        words.risk = std::max(words.risk, Risk::caution);
        return words;
    }

    static std::string rebuild_reason(const Changed& changed) {
        return "differs from its definition in " + differences_text(changed.differences) +
               "; MongoDB cannot change that in place, so it is dropped and built again";
    }

    // At the limit: the least valuable of those that are to go anyway, and only as many as needed.
    Position make_room(const PendingBuild& build) {
        Position last;
        while (count_without(build) >= max_indexes_per_collection) {
            const Position victim = least_valuable(build);
            if (!victim) break;
            Wording words = words_for_drop(*agenda_.drops[*victim].live, scope_.collection);
            words.meanwhile = "the collection holds " + std::to_string(count_) + " of " +
                              std::to_string(max_indexes_per_collection) +
                              " possible indexes, so this one goes before " + build.canonical->name +
                              " is built; " + words.meanwhile;
            last = append_drop(*victim, std::move(words));
        }
        return last;
    }

    Position least_valuable(const PendingBuild& build) const {
        Position best;
        const auto rank = [this](std::size_t at) {
            const PendingDrop& drop = agenda_.drops[at];
            return std::tie(drop.in_the_way, drop.worth, drop.live->spec.name);
        };
        for (std::size_t at = 0; at < agenda_.drops.size(); ++at) {
            const PendingDrop& drop = agenda_.drops[at];
            const bool its_own = std::find(build.drops.begin(), build.drops.end(), at) != build.drops.end();
            if (dropped_at_[at] || drop.called_off || drop.changed || its_own || drop.holds_up_shard_key)
                continue;
            if (!best || rank(at) < rank(*best)) best = at;
        }
        return best;
    }

    void drop_the_rest() {
        const Successors successors(scope_, operations_, first_);
        for (std::size_t at = 0; at < agenda_.drops.size(); ++at) {
            const PendingDrop& drop = agenda_.drops[at];
            if (dropped_at_[at] || drop.called_off) continue;
            const auto upholder = drop.holds_up_shard_key ? built_for_shard_key() : std::nullopt;
            if (drop.holds_up_shard_key && !upholder) continue;  // the comparison's note says why
            Wording words = words_for_drop(*drop.live, scope_.collection);
            const auto successor = successors.of(*drop.live);
            if (successor)
                words.meanwhile = "queries that used it can use " + operations_[*successor].index +
                                  ", which is built before";
            operations_[append_drop(at, std::move(words))].after_success_of = upholder ? upholder : successor;
        }
    }

    void append_hide(const LiveIndex& live) {
        const bool holds_up = holds_up_shard_key(scope_, live);
        const auto upholder = holds_up ? built_for_shard_key() : std::nullopt;
        if (holds_up && !upholder) return;
        operations_.push_back(hide_operation(scope_, live));
        operations_.back().after_success_of = upholder;
    }

    // The build of this plan that takes the shard key over.
    Position built_for_shard_key() const {
        for (std::size_t at = first_; at < operations_.size(); ++at) {
            const Operation& one = operations_[at];
            if (one.action == Action::create && one.listed &&
                supports_shard_key(one.spec, *scope_.collection.traits.shard_key))
                return at;
        }
        return std::nullopt;
    }

    std::size_t append_create(const PendingBuild& build, Position after, Wording words) {
        Operation operation = create_operation(scope_, *build.desired, std::move(words));
        operation.after_success_of = after;
        operations_.push_back(std::move(operation));
        ++count_;
        return operations_.size() - 1;
    }

    // Still in the plan, so that the sync tells MongoDB's own answer; it changes nothing.
    void append_refused(const PendingBuild& build, const std::string& refusal) {
        Wording words{build.changed
                          ? "differs from its definition in " + differences_text(build.changed->differences)
                          : "in the registry, not in the database",
                      "no query loses an index", Risk::caution};
        words.reason += "; " + refusal;
        operations_.push_back(create_operation(scope_, *build.desired, std::move(words)));
    }

    std::size_t append_drop(std::size_t drop, Wording words) {
        const PendingDrop& pending = agenda_.drops[drop];
        if (pending.unmanageable) words.reason += "; " + text_of(*pending.unmanageable);
        Operation operation = drop_operation(scope_, *pending.live, std::move(words));
        if (pending.unmanageable && pending.unmanageable->rebuild == Unmanageable::Rebuild::impossible)
            operation.never_built_again = pending.unmanageable->why;
        if (pending.changed) operation.definition = pending.changed->desired.id;
        dropped_at_[drop] = operations_.size();
        operations_.push_back(std::move(operation));
        --count_;
        return operations_.size() - 1;
    }

    const PlanScope& scope_;
    Agenda agenda_;
    std::vector<Operation>& operations_;
    const std::size_t first_ = operations_.size();
    std::size_t count_ = 0;                  // indexes in the collection at this point of the plan
    std::vector<Position> dropped_at_;       // of each pending drop, where it stands in the plan
    std::vector<const PendingBuild*> late_;  // found no room at first
};

void append_registry_operations(const PlanScope& scope, std::vector<Operation>& operations) {
    const CollectionComparison& collection = scope.collection;
    if (scope.options.changed == ChangedChoice::take_into_registry) {
        for (const Changed& one : collection.changed) {
            if (!one.unmanageable) operations.push_back(redefine_operation(scope, one));
        }
    }
    if (scope.options.missing == MissingChoice::remove_from_registry) {
        for (const Missing& one : collection.missing)
            operations.push_back(forget_operation(scope, one.desired));
    }
    if (scope.options.extra == ExtraChoice::import_to_registry) {
        for (const Redundant& one : collection.redundant) {
            if (!cannot_be_built_again(one)) operations.push_back(define_operation(scope, one.live));
        }
    }
}

}  // namespace

void append_operations(const PlanScope& scope, std::vector<Operation>& operations) {
    Sequencer(scope, operations).run();
    append_registry_operations(scope, operations);
}

}  // namespace mim::index
