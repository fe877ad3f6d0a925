#include "index/script/script.hpp"
#include "index/script/script_prelude.hpp"
#include "index/script/script_steps.hpp"
#include "index/script/script_text.hpp"

namespace mim::index {
namespace {

std::string check_step(const Operation& operation) {
    const std::string arguments =
        "(" + string_literal(operation.collection) + ", " + spec_literal(shown(operation)) + ");\n";
    switch (operation.action) {
        case Action::create:
        case Action::modify:
        case Action::hide:
            return "holds" + arguments;
        case Action::drop:
            return "lacks" + arguments;
        case Action::define:
        case Action::redefine:
        case Action::forget:
            break;
    }
    return {};
}

}  // namespace

Script verify_script_of(const Plan& plan, const ScriptHeader& header) {
    Script script;
    script.text =
        script_head(header,
                    "It changes nothing. It prints every difference, and ends with a non-zero exit code "
                    "when there is one.");
    script.text += reading_functions(plan.operations);
    script.text += verifying_functions;
    script.text += "\n// The steps.\n";
    for (const Operation& operation : plan.operations) script.text += check_step(operation);
    script.text += "conclude();\n";
    return script;
}

}  // namespace mim::index
