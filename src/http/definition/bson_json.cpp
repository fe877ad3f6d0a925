#include "http/definition/bson_json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include <boost/json/serialize.hpp>

#include "bson/json.hpp"

namespace mim::http {
namespace {

// Whole numbers beyond it do not survive in clients whose numbers are doubles.
constexpr std::int64_t safe_integer = std::int64_t{1} << 53;

bool fits_int32(std::int64_t number) {
    return number >= std::numeric_limits<std::int32_t>::min() &&
           number <= std::numeric_limits<std::int32_t>::max();
}

void write_double(JsonWriter& json, const bson::ValueView& value, double number) {
    if (!std::isfinite(number)) {
        json.raw(bson::to_json(value));
        return;
    }
    std::array<char, 32> digits{};
    const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    static_cast<void>(failure);  // the shortest form of a double has at most 24 characters
    std::string text(digits.data(), end);
    // A whole double keeps its point, or it would come back as an int32.
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    json.raw(text);
}

void write_int64(JsonWriter& json, const bson::ValueView& value, std::int64_t number) {
    if (fits_int32(number) || number > safe_integer || number < -safe_integer) {
        json.raw(bson::to_json(value));
    } else {
        json.value(number);
    }
}

void write_array(JsonWriter& json, bson::DocumentView array) {
    json.begin_array();
    for (const bson::ValueView item : array) write_value(json, item);
    json.end_array();
}

}  // namespace

void write_value(JsonWriter& json, const bson::ValueView& value) {
    switch (value.type()) {
        case bson::Type::double_:
            write_double(json, value, value.number().value_or(0));
            return;
        case bson::Type::string:
            json.value(value.string().value_or(""));
            return;
        case bson::Type::document:
            write_document(json, *value.document());
            return;
        case bson::Type::array:
            write_array(json, *value.document());
            return;
        case bson::Type::boolean:
            json.value(value.boolean().value_or(false));
            return;
        case bson::Type::null:
            json.null();
            return;
        case bson::Type::int32:
            json.value(value.integer().value_or(0));
            return;
        case bson::Type::int64:
            write_int64(json, value, value.integer().value_or(0));
            return;
        case bson::Type::date:
            json.raw(bson::to_json(value, bson::JsonForm::relaxed));
            return;
        default:
            json.raw(bson::to_json(value));
            return;
    }
}

void write_document(JsonWriter& json, bson::DocumentView document) {
    json.begin_object();
    for (const bson::ValueView value : document) {
        json.key(value.key());
        write_value(json, value);
    }
    json.end_object();
}

Result<bson::Value> read_value(const boost::json::value& value) {
    boost::json::object holder;
    holder.emplace("v", value);
    MIM_TRY(document, bson::parse_json(boost::json::serialize(holder)));
    const auto found = document.find("v");
    if (!found) return Error{ErrorCode::invalid_input, "not Extended JSON"};
    return bson::Value(*found);
}

}  // namespace mim::http
