#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "index/definition/key_type.hpp"
#include "index/plan/agenda.hpp"
#include "index/rules/rules.hpp"

namespace mim::index {
namespace {

// A live index, or one that is going to be built: what it occupies.
struct Holder {
    std::string_view name, signature;
    bool is_text = false;
    std::optional<std::size_t> drop;  // position in Agenda::drops; none = it stays
};

bool is_text(const Spec& spec) {
    return key_type(spec.key) == KeyType::text;
}

class Occupancy {
  public:
    void add(const Holder& holder) {
        const std::size_t position = holders_.size();
        by_name_[holder.name].push_back(position);
        by_signature_[holder.signature].push_back(position);
        if (holder.is_text) texts_.push_back(position);
        holders_.push_back(holder);
    }
    [[nodiscard]] const Holder& operator[](std::size_t position) const { return holders_[position]; }

    // Everything that a new index of this name, signature and kind would collide with; each once.
    [[nodiscard]] std::vector<std::size_t> collisions(const Holder& wanted) const {
        std::vector<std::size_t> found;
        append(found, by_name_, wanted.name);
        append(found, by_signature_, wanted.signature);
        if (wanted.is_text) found.insert(found.end(), texts_.begin(), texts_.end());
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

  private:
    using Positions = std::unordered_map<std::string_view, std::vector<std::size_t>>;
    static void append(std::vector<std::size_t>& found, const Positions& positions, std::string_view what) {
        const auto place = positions.find(what);
        if (place != positions.end()) found.insert(found.end(), place->second.begin(), place->second.end());
    }

    std::vector<Holder> holders_;
    Positions by_name_, by_signature_;
    std::vector<std::size_t> texts_;
};

std::string why(const Holder& wanted, const Holder& other) {
    const std::string there(other.name);
    if (wanted.name == other.name) return "the name " + there + " is taken";
    if (wanted.signature == other.signature) return "MongoDB takes it for the same index as " + there;
    return "MongoDB allows one text index in a collection, which is " + there + " now";
}

class Resolver {
  public:
    Resolver(const PlanScope& scope, Agenda& agenda) : scope_(scope), agenda_(agenda) {
        for (PendingBuild& build : agenda_.builds) refuse_by_rules(build);
        for (std::size_t at = 0; at < agenda_.drops.size(); ++at) {
            drop_of_[agenda_.drops[at].live->spec.name] = at;
        }
    }

    // Each round may call off a drop, which may be in the way of another build: until nothing changes.
    void run() {
        while (!round()) {
        }
        note_obstacles();
    }

  private:
    void refuse_by_rules(PendingBuild& build) const {
        if (!build.refusal.empty()) return;
        if (const auto rejection = check(build.desired->spec, scope_.rules)) {
            build.refusal = "MongoDB will refuse it: " + rejection->message;
        }
    }

    bool round() {
        call_off();
        planned_ = live_occupancy();
        bool settled = true;
        for (PendingBuild& build : agenda_.builds) {
            if (!build.refusal.empty()) continue;
            const Holder wanted = holder_of(build);
            for (const std::size_t position : planned_.collisions(wanted)) {
                if (planned_[position].drop) continue;
                build.refusal =
                    "MongoDB will refuse it: " + why(wanted, planned_[position]) + ", and that one stays";
                settled = settled && !build.changed;
            }
            if (build.refusal.empty()) planned_.add(wanted);
        }
        return settled;
    }

    void call_off() {
        for (const PendingBuild& build : agenda_.builds) {
            if (build.refusal.empty() || !build.changed) continue;
            const auto drop = drop_of_.find(build.changed->live.spec.name);
            if (drop != drop_of_.end()) agenda_.drops[drop->second].called_off = true;
        }
    }

    static Holder holder_of(const PendingBuild& build) {
        return {build.canonical->name, build.canonical->signature, is_text(build.desired->spec),
                std::nullopt};
    }

    void add(Occupancy& occupancy, const LiveIndex& live, std::string_view signature) const {
        const auto drop = drop_of_.find(live.spec.name);
        const bool goes = drop != drop_of_.end() && !agenda_.drops[drop->second].called_off &&
                          !agenda_.drops[drop->second].holds_up_shard_key;
        occupancy.add({live.spec.name, signature, is_text(live.spec),
                       goes ? std::optional<std::size_t>(drop->second) : std::nullopt});
    }

    Occupancy live_occupancy() const {
        const CollectionComparison& collection = scope_.collection;
        Occupancy occupancy;
        for (const Matched& one : collection.matched) add(occupancy, one.live, one.canonical.signature);
        for (const Redundant& one : collection.redundant) add(occupancy, one.live, one.canonical.signature);
        for (const Changed& one : collection.changed) add(occupancy, one.live, one.database.signature);
        for (const PendingModify& one : agenda_.modifies) {
            add(occupancy, one.changed->live, one.changed->registry.signature);
        }
        for (const LiveIndex& one : collection.server_owned) add(occupancy, one, {});
        return occupancy;
    }

    void note_obstacles() {
        const Occupancy now = live_occupancy();
        for (PendingBuild& build : agenda_.builds) {
            if (!build.refusal.empty()) continue;
            const Holder wanted = holder_of(build);
            for (const std::size_t position : now.collisions(wanted))
                note_obstacle(build, wanted, now[position]);
            const auto own = [&](std::size_t drop) {
                return build.changed && agenda_.drops[drop].changed == build.changed;
            };
            std::stable_partition(build.drops.begin(), build.drops.end(), own);
        }
    }

    void note_obstacle(PendingBuild& build, const Holder& wanted, const Holder& other) {
        if (!other.drop) return;
        PendingDrop& drop = agenda_.drops[*other.drop];
        drop.in_the_way = true;
        build.drops.push_back(*other.drop);
        if (drop.changed && drop.changed == build.changed) return;
        if (!build.obstacle.empty()) build.obstacle += "; ";
        build.obstacle += why(wanted, other);
    }

    const PlanScope& scope_;
    Agenda& agenda_;
    std::unordered_map<std::string_view, std::size_t> drop_of_;  // live name -> position in Agenda::drops
    Occupancy planned_;
};

}  // namespace

void resolve_obstacles(const PlanScope& scope, Agenda& agenda) {
    if (!agenda.builds.empty()) Resolver(scope, agenda).run();
}

}  // namespace mim::index
