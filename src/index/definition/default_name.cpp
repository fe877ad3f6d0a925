#include "bson/json.hpp"
#include "index/definition/canonical_value.hpp"
#include "index/definition/spec.hpp"

namespace mim::index {

std::string default_name(bson::DocumentView key) {
    std::string name;
    for (const auto field : key) {
        if (!name.empty()) name += '_';
        name.append(field.key()).append("_");
        if (const auto word = field.string()) {
            name += *word;
        } else if (field.is_number()) {
            append_value(name, field);
        } else {
            name += bson::to_json(field, bson::JsonForm::relaxed);
        }
    }
    return name;
}

}  // namespace mim::index
