// A registry and a MongoDB database in memory, on which a plan can be carried out step by step. What the
// database accepts is decided by the rules, not by the plan: a wrong order is refused here as a server would.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "index/comparison/comparison.hpp"
#include "index/plan/plan.hpp"

namespace mim::index::testing {

struct WorldCollection {
    std::string name;
    CollectionTraits traits;
    std::vector<Desired> desired;
    std::vector<LiveIndex> live;  // as listed, with _id_
};

struct StepOutcome {
    bool done = false;
    std::string error;  // empty when done, or when skipped because of a failed step before
};

class World {
  public:
    explicit World(ServerVersion version) : version_(version) {}

    std::vector<WorldCollection>& collections() { return collections_; }
    [[nodiscard]] const std::vector<WorldCollection>& collections() const { return collections_; }

    [[nodiscard]] std::vector<CollectionComparison> compare(const CompareOptions& options) const;
    // In order, honouring `after_success_of` and `restores`.
    std::vector<StepOutcome> apply(const Plan& plan);
    // The most indexes that any collection ever held.
    [[nodiscard]] std::size_t most_indexes() const { return most_indexes_; }

  private:
    WorldCollection& find(const std::string& name);
    [[nodiscard]] RuleContext context(const WorldCollection& collection) const;
    std::string apply(const Operation& operation);
    std::string create(WorldCollection& collection, const Spec& spec);
    static std::string drop(WorldCollection& collection, const std::string& name);
    std::string modify(WorldCollection& collection, const std::vector<bson::Document>& changes);
    static std::string change_registry(WorldCollection& collection, const Operation& operation);

    ServerVersion version_;
    std::vector<WorldCollection> collections_;
    std::size_t most_indexes_ = 0;
};

[[nodiscard]] LiveIndex id_index();
[[nodiscard]] Spec spec_of(const std::string& json);

}  // namespace mim::index::testing
