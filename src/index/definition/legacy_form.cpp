#include "index/definition/legacy_form.hpp"

#include <cmath>

#include "bson/builder.hpp"
#include "bson/json.hpp"

namespace mim::index {
namespace {

constexpr std::int64_t oldest_version = 1, usual_version = 2;

// A word is left as it is: it may be a kind of index that this server has and no other.
bool is_legacy_value(const bson::ValueView& value) {
    if (const auto word = value.string()) return word->empty();
    const auto number = value.is_number() ? value.number() : std::nullopt;
    return !number || *number == 0 || std::isnan(*number);
}

}  // namespace

std::optional<bson::Document> modern_key(bson::DocumentView key) {
    bool is_modern = true;
    for (const auto field : key) is_modern = is_modern && !is_legacy_value(field);
    if (is_modern) return std::nullopt;
    bson::Builder modern;
    for (const auto field : key) {
        if (is_legacy_value(field)) {
            modern.add(field.key(), 1);
        } else {
            modern.add(field.key(), field);
        }
    }
    return modern.take();
}

bool is_legacy_option(std::string_view name) {
    return name == "safe";
}

std::vector<std::string> legacy_parts(const Spec& listed) {
    std::vector<std::string> parts;
    for (const auto field : listed.key) {
        if (is_legacy_value(field))
            parts.push_back("the value of " + std::string(field.key()) + " is " + bson::to_json(field) +
                            ", which counts as 1");
    }
    for (const auto option : listed.options) {
        if (is_legacy_option(option.key()))
            parts.push_back("'" + std::string(option.key()) + "' has no effect");
    }
    const auto version = listed.options.find("v");
    const auto number = version ? version->integer() : std::nullopt;
    if (number && *number != oldest_version && *number != usual_version)
        parts.push_back("its version " + std::to_string(*number) + " is none of MongoDB's");
    return parts;
}

}  // namespace mim::index
