#include "index/script/script.hpp"

#include "index/script/script_prelude.hpp"
#include "index/script/script_steps.hpp"
#include "index/script/script_text.hpp"

namespace mim::index {
namespace {

bool changes_database(const Operation& operation) {
    switch (operation.action) {
        case Action::create:
        case Action::drop:
        case Action::modify:
        case Action::hide:
            return true;
        case Action::define:
        case Action::redefine:
        case Action::forget:
            return false;
    }
    return false;
}

// A drop with a definition behind it is one half of a replacement: alone it would only lose the index.
bool belongs(const Operation& operation, ScriptMode mode) {
    switch (mode) {
        case ScriptMode::both:
            return true;
        case ScriptMode::create:
            return operation.action == Action::modify ||
                   (operation.action == Action::create && !operation.after_success_of);
        case ScriptMode::drop:
            return operation.action == Action::hide ||
                   (operation.action == Action::drop && !operation.definition);
    }
    return false;
}

std::string left_out(const Operation& operation) {
    const std::string what = operation.collection + "." + operation.index;
    return "print(" +
           string_literal("left out: " + what +
                          " can only be built after a drop; a script of both does that") +
           ");\n";
}

void append(Script& script, const Operation& operation, const Plan& plan) {
    script.text += comment_line(operation.reason);
    switch (operation.action) {
        case Action::create: {
            std::optional<Spec> previous;
            if (operation.restores) previous = plan.operations[*operation.restores].spec;
            script.text += create_step(operation.collection, operation.spec, previous);
            ++script.creates;
            break;
        }
        case Action::drop:
            script.text += drop_step(operation.collection, shown(operation));
            ++script.drops;
            break;
        default:
            script.text += modify_step(operation.collection, operation.changes, shown(operation));
            ++script.modifies;
    }
}

}  // namespace

Script script_of(const Plan& plan, ScriptMode mode, const ScriptHeader& header) {
    Script script;
    script.text =
        script_head(header,
                    "It may be run again: what is done already is left alone. It stops at the first "
                    "failure, with a non-zero exit code.");
    script.text += reading_functions(plan.operations);
    script.text += changing_functions;
    script.text += "\n// The steps.\n";
    for (const Operation& operation : plan.operations) {
        if (!changes_database(operation)) continue;
        if (belongs(operation, mode)) {
            append(script, operation, plan);
        } else if (mode == ScriptMode::create && operation.action == Action::create) {
            script.text += left_out(operation);
        }
    }
    script.text += "print(\"finished\");\n";
    return script;
}

Plan part_of(const Plan& plan, ScriptMode mode) {
    Plan part{.operations = {}, .fingerprint = plan.fingerprint};
    std::vector<std::optional<std::size_t>> moved(plan.operations.size());
    const auto follow = [&](std::optional<std::size_t>& position) {
        if (position) position = moved[*position];
    };
    for (std::size_t at = 0; at < plan.operations.size(); ++at) {
        const Operation& operation = plan.operations[at];
        if (!changes_database(operation) || !belongs(operation, mode)) continue;
        moved[at] = part.operations.size();
        part.operations.push_back(operation);
    }
    // Afterwards, because a drop may wait for a build that stands behind it.
    for (Operation& operation : part.operations) {
        follow(operation.after_success_of);
        follow(operation.restores);
    }
    return part;
}

}  // namespace mim::index
