#include "index/script/script_steps.hpp"

#include "index/definition/stored_form.hpp"
#include "index/script/script.hpp"
#include "index/script/script_text.hpp"

namespace mim::index {

std::string comment_line(std::string_view text) {
    return "// " + one_line(text) + "\n";
}

std::string create_step(const std::string& collection, const Spec& spec,
                        const std::optional<Spec>& previous) {
    std::string text = "create(" + string_literal(collection) + ", " + spec_literal(sent_form(spec));
    if (previous) text += ", " + spec_literal(sent_form(*previous));
    return text + ");\n";
}

std::string drop_step(const std::string& collection, const Spec& seen) {
    return "drop(" + string_literal(collection) + ", " + spec_literal(seen) + ");\n";
}

std::string modify_step(const std::string& collection, const std::vector<bson::Document>& changes,
                        const Spec& wanted) {
    std::string list;
    for (const bson::Document& change : changes) {
        if (!list.empty()) list += ", ";
        list += mongosh_literal(change);
    }
    return "modify(" + string_literal(collection) + ", [" + list + "], " + spec_literal(wanted) + ");\n";
}

}  // namespace mim::index
