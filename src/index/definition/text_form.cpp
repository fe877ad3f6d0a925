#include "index/definition/text_form.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>

#include "bson/builder.hpp"
#include "index/definition/whole_number.hpp"

namespace mim::index {
namespace {

// As the server reads a weight: within 32 bits.
std::int32_t weight_of(const bson::ValueView& value) {
    using Limits = std::numeric_limits<std::int32_t>;
    const std::int64_t whole = whole_number(value);
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(whole, Limits::min(), Limits::max()));
}

}  // namespace

bool in_stored_text_form(bson::DocumentView key) {
    return key.contains("_fts");
}

bson::Document stored_text_key(bson::DocumentView key) {
    if (in_stored_text_form(key)) return bson::Document(key);
    bson::Builder builder;
    bool placed = false;
    for (const auto field : key) {
        if (field.string() != "text") {
            builder.add(field.key(), field);
        } else if (!placed) {
            builder.add("_fts", "text").add("_ftsx", std::int32_t{1});
            placed = true;
        }
    }
    return builder.take();
}

bson::Document stored_weights(bson::DocumentView key, const std::optional<bson::ValueView>& weights) {
    std::map<std::string_view, std::int32_t> by_field;
    for (const auto field : key) {
        if (field.string() == "text" && field.key() != "_fts") by_field[field.key()] = 1;
    }
    if (weights && weights->string() == "$**") by_field["$**"] = 1;
    if (const auto given = weights ? weights->document() : std::nullopt) {
        for (const auto weight : *given) by_field[weight.key()] = weight_of(weight);
    }
    bson::Builder builder;
    for (const auto& [field, weight] : by_field) builder.add(field, weight);
    return builder.take();
}

}  // namespace mim::index
