// The ordered steps that take a database from its live state to the desired one, or the registry to the live one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index/comparison.hpp"

namespace mim::index {

enum class MissingChoice { leave = 0, create = 1, remove_from_registry = 2 };
enum class ExtraChoice { leave = 0, drop = 1, import_to_registry = 2 };
enum class ChangedChoice { leave = 0, alter_database = 1, take_into_registry = 2 };
enum class DropMode { drop, hide };

struct PlanOptions {
    MissingChoice missing = MissingChoice::create;
    ExtraChoice extra = ExtraChoice::drop;
    ChangedChoice changed = ChangedChoice::alter_database;
    DropMode drop_mode = DropMode::drop;
    ServerVersion version;
};

enum class Action { create, drop, modify, hide, define, redefine, forget };  // the last three change the registry only
[[nodiscard]] std::string_view to_string(Action action);
[[nodiscard]] std::optional<Action> parse_action(std::string_view text);

enum class Risk { safe, caution, destructive };
[[nodiscard]] std::string_view to_string(Risk risk);

struct Operation {
    std::string collection;
    std::string index;  // name
    Action action = Action::create;
    Spec spec;                                // create, modify, define, redefine: the state after; drop, hide, forget: the state before
    std::optional<Spec> before;               // modify, redefine: the state before
    std::vector<bson::Document> changes;      // modify, hide: the `index` arguments of collMod, in order
    std::optional<DefinitionId> definition;   // the registry entry behind it, where there is one
    std::optional<std::size_t> after_success_of;  // position of the operation that must have succeeded (drop before its re-create)
    std::optional<std::size_t> restores;  // position of a drop whose index must be built again when this operation fails
    std::string statement;                    // mongosh, one line
    std::string reason;                       // why, for people
    std::string meanwhile;                    // what happens to queries meanwhile; time without this index
    Risk risk = Risk::safe;
};

struct Plan {
    std::vector<Operation> operations;  // in order of execution: creates before drops wherever the rules allow it
    std::string fingerprint;            // of both states and the options; changes when any of them does
    [[nodiscard]] bool empty() const { return operations.empty(); }
};

// Pure; the same input gives the same plan and fingerprint. `_id_` and server-owned indexes are never in it.
[[nodiscard]] Plan make_plan(const std::vector<CollectionComparison>& comparisons, const PlanOptions& options);

}  // namespace mim::index
