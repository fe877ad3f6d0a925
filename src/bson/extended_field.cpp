#include "bson/extended_field.hpp"

namespace mim::bson {

const JsonNode* child(const JsonNode& object, std::string_view name) {
    for (const JsonNode& each : object.children)
        if (each.name == name) return &each;
    return nullptr;
}

Error refused(const std::string& why) {
    return {ErrorCode::invalid_input, "not Extended JSON: " + why};
}

Error needs(std::string_view type, std::string_view what) {
    return refused(std::string(type) + " needs " + std::string(what));
}

// libbson refuses an append only when the document would pass 2 GiB.
Done appended(bool taken) {
    if (!taken) return refused("it is too large for a BSON document");
    return {};
}

bool without_zero_byte(std::string_view text) {
    return text.find('\0') == std::string_view::npos;
}

Done append_regex(const Field& field, const JsonNode& pattern, std::string_view options) {
    if (!without_zero_byte(pattern.text) || !without_zero_byte(options))
        return needs("a regular expression", "text without a zero byte");
    return appended(bson_append_regex(&field.into, field.key.data(), field.length(), pattern.text.c_str(),
                                      std::string(options).c_str()));
}

}  // namespace mim::bson
