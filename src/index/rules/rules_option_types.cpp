#include <array>

#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

bool is_flag(const bson::ValueView& value) {
    return value.boolean().has_value() || value.is_number();
}
bool is_bool(const bson::ValueView& value) {
    return value.boolean().has_value();
}
bool is_number(const bson::ValueView& value) {
    return value.is_number();
}
bool is_string(const bson::ValueView& value) {
    return value.string().has_value();
}
bool is_object(const bson::ValueView& value) {
    return value.type() == bson::Type::document;
}
bool is_weights(const bson::ValueView& value) {
    return is_object(value) || is_string(value);
}

struct OptionType {
    std::string_view option;
    bool (*fits)(const bson::ValueView&);
    std::string_view wanted;
};

// Of expireAfterSeconds the TTL rules judge the type too: it has a code of its own.
constexpr std::array<OptionType, 21> types{{
    {"v", is_number, "a number"},
    {"unique", is_flag, "true or false"},
    {"sparse", is_flag, "true or false"},
    {"background", is_flag, "true or false"},
    {"prepareUnique", is_flag, "true or false"},
    {"clustered", is_flag, "true or false"},
    {"hidden", is_bool, "true or false"},
    {"partialFilterExpression", is_object, "an object"},
    {"collation", is_object, "an object"},
    {"storageEngine", is_object, "an object"},
    {"weights", is_weights, "an object or the string \"$**\""},
    {"default_language", is_string, "a string"},
    {"language_override", is_string, "a string"},
    {"textIndexVersion", is_number, "a number"},
    {"2dsphereIndexVersion", is_number, "a number"},
    {"bits", is_number, "a number"},
    {"min", is_number, "a number"},
    {"max", is_number, "a number"},
    {"bucketSize", is_number, "a number"},
    {"coarsestIndexedLevel", is_number, "a number"},
    {"finestIndexedLevel", is_number, "a number"},
}};

}  // namespace

Verdict check_option_types(const Candidate& candidate) {
    for (const auto value : candidate.document) {
        for (const auto& type : types) {
            if (type.option == value.key() && !type.fits(value)) {
                return wrong_type(std::string(type.option), type.wanted, value);
            }
        }
    }
    return std::nullopt;
}

}  // namespace mim::index
