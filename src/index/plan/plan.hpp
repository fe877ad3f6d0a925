// The ordered steps that take a database from its live state to the desired one, or the registry to the live
// state of the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index/comparison/comparison.hpp"

namespace mim::index {

enum class MissingChoice { leave = 0, create = 1, remove_from_registry = 2 };
// `drop_all` and `alter_all` also drop what is unmanageable, which `drop` and `alter_database` leave alone.
enum class ExtraChoice { leave = 0, drop = 1, import_to_registry = 2, drop_all = 3 };
enum class ChangedChoice { leave = 0, alter_database = 1, take_into_registry = 2, alter_all = 3 };
[[nodiscard]] constexpr bool drops(ExtraChoice choice) {
    return choice == ExtraChoice::drop || choice == ExtraChoice::drop_all;
}
[[nodiscard]] constexpr bool alters(ChangedChoice choice) {
    return choice == ChangedChoice::alter_database || choice == ChangedChoice::alter_all;
}
enum class DropMode { drop, hide };

struct PlanOptions {
    MissingChoice missing = MissingChoice::create;
    ExtraChoice extra = ExtraChoice::drop;
    ChangedChoice changed = ChangedChoice::alter_database;
    DropMode drop_mode = DropMode::drop;
    ServerVersion version = {};
    // MongoDB's name of the database, for the statements; empty = they speak to the shell's `db`.
    std::string database_name = {};
};

// The last three change the registry only.
enum class Action { create, drop, modify, hide, define, redefine, forget };
[[nodiscard]] std::string_view to_string(Action action);
[[nodiscard]] std::optional<Action> parse_action(std::string_view text);

enum class Risk { safe, caution, destructive };
[[nodiscard]] std::string_view to_string(Risk risk);

struct Operation {
    std::string collection;
    std::string index;  // name
    Action action = Action::create;
    // create, modify, define, redefine: the state after; drop, hide, forget: the state before. What is
    // dropped or taken into the registry is written so that it builds exactly this index again.
    Spec spec;
    std::optional<Spec> before = {};  // modify, redefine: the state before
    // As listIndexes shows it: create, modify, hide afterwards; drop now. None for what MongoDB will refuse.
    std::optional<Spec> listed = {};
    std::vector<bson::Document> changes = {};  // modify, hide: the `index` arguments of collMod, in order
    // The registry entry behind it, where there is one; a drop has one only when its definition replaces it.
    std::optional<DefinitionId> definition = {};
    // Position of the operation that must have succeeded: the drop before a re-create, the build before the
    // drop of what it takes over.
    std::optional<std::size_t> after_success_of = {};
    // Position of a drop whose index must be built again when this operation fails.
    std::optional<std::size_t> restores = {};
    // A drop that nobody can take back: why.
    std::optional<std::string> never_built_again = {};
    std::string statement;  // mongosh, one line; empty for what changes the registry only
    std::string reason;     // why, for people
    std::string meanwhile;  // what happens to queries meanwhile; time without this index
    Risk risk = Risk::safe;
};

struct Plan {
    // In order of execution: creates before drops wherever the rules allow it.
    std::vector<Operation> operations;
    std::string fingerprint;  // of both states and the options; changes when any of them does
    [[nodiscard]] bool empty() const { return operations.empty(); }
};

// Pure; the same input gives the same plan and fingerprint. `_id_` and server-owned indexes are never in it.
[[nodiscard]] Plan make_plan(const std::vector<CollectionComparison>& comparisons,
                             const PlanOptions& options);

}  // namespace mim::index
