#include "bson/builder.hpp"
#include "index/rules/in_place.hpp"
#include "index/rules/rules.hpp"
#include "index/script/script.hpp"
#include "index/script/script_prelude.hpp"
#include "index/script/script_steps.hpp"

namespace mim::index {
namespace {

class Reverser {
  public:
    explicit Reverser(const Plan& plan) : plan_(plan) {}

    void append(Script& script, std::size_t position) const {
        const Operation& operation = plan_.operations[position];
        switch (operation.action) {
            case Action::create:
                append_drop(script, operation);
                break;
            case Action::drop:
                append_create(script, operation, position);
                break;
            case Action::modify:
                append_modify(script, operation);
                break;
            case Action::hide:
                append_show(script, operation);
                break;
            case Action::define:
            case Action::redefine:
            case Action::forget:
                break;
        }
    }

  private:
    // A definition that MongoDB refuses was never built: there is nothing to take back.
    static void append_drop(Script& script, const Operation& operation) {
        if (!operation.listed) return;
        script.text += comment_line("was created");
        script.text += drop_step(operation.collection, *operation.listed);
        ++script.drops;
    }

    void append_create(Script& script, const Operation& operation, std::size_t position) const {
        std::optional<Spec> successor;
        for (const Operation& other : plan_.operations) {
            if (other.restores == position) successor = other.spec;
        }
        if (operation.never_built_again) {
            script.text += comment_line(operation.collection + "." + operation.index +
                                        " was dropped and stays so: " + *operation.never_built_again);
            return;
        }
        script.text += comment_line("was dropped");
        script.text += create_step(operation.collection, operation.spec, successor);
        ++script.creates;
    }

    // What cannot be taken back in place (a TTL, uniqueness) is dropped and built again.
    static void append_modify(Script& script, const Operation& operation) {
        if (!operation.before) return;
        script.text += comment_line("was changed in place");
        if (const auto changes = in_place_changes(operation.spec, *operation.before, RuleContext{})) {
            script.text += modify_step(operation.collection, *changes, *operation.before);
            ++script.modifies;
            return;
        }
        if (check(*operation.before, RuleContext{})) {
            script.text += comment_line(operation.collection + "." + operation.index +
                                        " stays so: MongoDB would not build it as it was");
            return;
        }
        script.text += drop_step(operation.collection, shown(operation));
        script.text += create_step(operation.collection, *operation.before, operation.spec);
        ++script.drops;
        ++script.creates;
    }

    static void append_show(Script& script, const Operation& operation) {
        Spec visible = shown(operation);
        visible.options = bson::without(visible.options, {"hidden"});
        const bson::Document show = bson::Builder().add("name", operation.index).add("hidden", false).take();
        script.text += comment_line("was hidden");
        script.text += modify_step(operation.collection, {show}, visible);
        ++script.modifies;
    }

    const Plan& plan_;
};

}  // namespace

Script reverse_script_of(const Plan& plan, const ScriptHeader& header) {
    Script script;
    script.text =
        script_head(header,
                    "The way back. It may be run again, and stops at the first failure, with a non-zero "
                    "exit code.");
    script.text += reading_functions(plan.operations);
    script.text += changing_functions;
    script.text += "\n// The steps.\n";
    const Reverser reverser(plan);
    for (std::size_t left = plan.operations.size(); left > 0; --left) reverser.append(script, left - 1);
    script.text += "print(\"finished\");\n";
    return script;
}

}  // namespace mim::index
