#include <sstream>

#include "bson/builder.hpp"
#include "index/plan/operation_wording.hpp"
#include "index/script/script.hpp"
#include "scenario.hpp"

namespace mim::index::testing {
namespace {

template <class Entries>
bson::Document names_of(const Entries& entries) {
    bson::Array names;
    std::int32_t fillers = 0;
    for (const auto& entry : entries) {
        if (entry.canonical.name.starts_with(filler_prefix)) {
            ++fillers;
        } else {
            names.add(entry.canonical.name);
        }
    }
    if (fillers > 0) names.add(std::to_string(fillers) + " fillers");
    return names.take();
}

bson::Document changed_of(const std::vector<Changed>& changed) {
    bson::Array all;
    for (const Changed& one : changed) {
        all.add(bson::Builder()
                    .add("name", one.registry.name)
                    .add("live", one.database.name)
                    .add("resolution", one.resolution == Resolution::modify ? "modify" : "recreate")
                    .add("differences", differences_text(one.differences))
                    .take());
    }
    return all.take();
}

bson::Document comparison_of(const CollectionComparison& comparison) {
    bson::Array notes;
    for (const Note& note : comparison.notes) notes.add(note.code + " [" + note.index + "] " + note.text);
    return bson::Builder()
        .add("collection", comparison.collection)
        .add_array("missing", names_of(comparison.missing))
        .add_array("matched", names_of(comparison.matched))
        .add_array("redundant", names_of(comparison.redundant))
        .add_array("changed", changed_of(comparison.changed))
        .add_array("notes", notes.take())
        .take();
}

bson::Document operation_of(const Operation& operation) {
    bson::Builder builder;
    builder.add("step", step_name(operation)).add("risk", to_string(operation.risk));
    if (operation.after_success_of)
        builder.add("after", static_cast<std::int32_t>(*operation.after_success_of));
    if (operation.restores) builder.add("restores", static_cast<std::int32_t>(*operation.restores));
    if (!operation.statement.empty()) builder.add("statement", operation.statement);
    return builder.add("reason", operation.reason).add("meanwhile", operation.meanwhile).take();
}

// What differs from script to script: the head and the functions have a golden file of their own.
bson::Document steps_of(const std::string& script) {
    bson::Array lines;
    std::istringstream rest(script.substr(script.find("// The steps.\n")));
    std::string line;
    std::getline(rest, line);
    while (std::getline(rest, line)) lines.add(line);
    return lines.take();
}

}  // namespace

std::string step_name(const Operation& operation) {
    return std::string(to_string(operation.action)) + " " + operation.collection + "." + operation.index;
}

bson::Document outcome_of(const std::vector<CollectionComparison>& comparisons, const Plan& plan,
                          const std::string& title) {
    const ScriptHeader header{scenario_database, title};
    bson::Array compared, operations;
    for (const CollectionComparison& one : comparisons) compared.add(comparison_of(one));
    for (const Operation& one : plan.operations) operations.add(operation_of(one));
    return bson::Builder()
        .add_array("comparison", compared.take())
        .add_array("plan", operations.take())
        .add_array("script", steps_of(script_of(plan, ScriptMode::both, header).text))
        .add_array("reverse", steps_of(reverse_script_of(plan, header).text))
        .add_array("verify", steps_of(verify_script_of(plan, header).text))
        .take();
}

}  // namespace mim::index::testing
