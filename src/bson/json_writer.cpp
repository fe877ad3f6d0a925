#include "bson/json_writer.hpp"

#include <algorithm>
#include <cmath>

#include "base/time.hpp"
#include "bson/text_forms.hpp"

namespace mim::bson {
namespace {

// Twice what MongoDB and `Document::from_bytes` allow.
constexpr int deepest_written = 200;

std::string_view truth(bool value) {
    return value ? "true" : "false";
}

}  // namespace

void ExtendedJsonWriter::whole(DocumentView document) {
    if (document.empty()) {
        out_ += "{ }";
        return;
    }
    members(document);
}

void ExtendedJsonWriter::members(DocumentView document) {
    std::string_view before = "{ ";
    if (document.empty()) out_ += before;
    for (const auto field : document) {
        out_ += before;
        string(field.key());
        out_ += " : ";
        value(field);
        before = ", ";
    }
    out_ += " }";
}

void ExtendedJsonWriter::items(DocumentView array) {
    std::string_view before = "[ ";
    if (array.empty()) out_ += before;
    for (const auto item : array) {
        out_ += before;
        value(item);
        before = ", ";
    }
    out_ += " ]";
}

void ExtendedJsonWriter::nested(const ValueView& value) {
    const bool array = value.type() == Type::array;
    if (depth_ >= deepest_written) {
        out_ += array ? "[ ... ]" : "{ ... }";  // no reader takes it for the document
        return;
    }
    ++depth_;
    array ? items(*value.document()) : members(*value.document());
    --depth_;
}

void ExtendedJsonWriter::value(const ValueView& value) {
    const bson_iter_t& position = value.position();
    switch (value.type()) {
        case Type::double_:
        case Type::int32:
        case Type::int64:
            return number(value);
        case Type::string:
            return string(*value.string());
        case Type::document:
        case Type::array:
            return nested(value);
        case Type::binary:
            return binary(position);
        case Type::undefined:
            return wrapped_literal("$undefined", "true");
        case Type::object_id:
            return wrapped("$oid", hex_text({bson_iter_oid(&position)->bytes, sizeof(bson_oid_t)}));
        case Type::boolean:
            out_ += truth(bson_iter_bool(&position));
            return;
        case Type::date:
            return date(bson_iter_date_time(&position));
        case Type::null:
            out_ += "null";
            return;
        case Type::regex:
            return regex(position);
        case Type::db_pointer:
            return db_pointer(position);
        case Type::code:
        case Type::symbol:
            return named_text(value);
        case Type::code_with_scope:
            return code_with_scope(position);
        case Type::timestamp:
            return timestamp(position);
        case Type::decimal128:
            return decimal(position);
        case Type::max_key:
            return wrapped_literal("$maxKey", "1");
        case Type::min_key:
            return wrapped_literal("$minKey", "1");
    }
}

void ExtendedJsonWriter::number(const ValueView& value) {
    const bool is_double = value.type() == Type::double_;
    const std::string digits = is_double ? double_text(*value.number()) : std::to_string(*value.integer());
    if (form_ == JsonForm::relaxed && std::isfinite(*value.number())) {
        out_ += digits;
        return;
    }
    wrapped(is_double ? "$numberDouble" : value.type() == Type::int32 ? "$numberInt" : "$numberLong", digits);
}

void ExtendedJsonWriter::date(std::int64_t milliseconds) {
    constexpr std::int64_t year_10000 = 253402300800000;
    if (form_ == JsonForm::canonical || milliseconds < 0 || milliseconds >= year_10000) {
        out_ += R"({ "$date" : )";
        wrapped("$numberLong", std::to_string(milliseconds));
        out_ += " }";
        return;
    }
    // Milliseconds are left out when there are none.
    std::string text = to_rfc3339(Timestamp(std::chrono::milliseconds(milliseconds)));
    if (milliseconds % 1000 == 0) text.erase(text.size() - 5, 4);
    wrapped("$date", text);
}

void ExtendedJsonWriter::binary(const bson_iter_t& position) {
    bson_subtype_t subtype = BSON_SUBTYPE_BINARY;
    std::uint32_t length = 0;
    const std::uint8_t* data = nullptr;
    bson_iter_binary(&position, &subtype, &length, &data);
    const auto code = static_cast<std::uint8_t>(subtype);
    out_ += R"({ "$binary" : { "base64" : ")" + base64_text({data, length}) + R"(", "subType" : ")" +
            hex_text({&code, 1}) + "\" } }";
}

void ExtendedJsonWriter::regex(const bson_iter_t& position) {
    const char* options = nullptr;
    const char* pattern = bson_iter_regex(&position, &options);
    std::string sorted = options;
    std::sort(sorted.begin(), sorted.end());
    out_ += R"({ "$regularExpression" : { "pattern" : )";
    string(pattern);
    out_ += R"(, "options" : )";
    string(sorted);
    out_ += " } }";
}

void ExtendedJsonWriter::timestamp(const bson_iter_t& position) {
    std::uint32_t seconds = 0, increment = 0;
    bson_iter_timestamp(&position, &seconds, &increment);
    out_ += R"({ "$timestamp" : { "t" : )" + std::to_string(seconds) + R"(, "i" : )" +
            std::to_string(increment) + " } }";
}

void ExtendedJsonWriter::db_pointer(const bson_iter_t& position) {
    std::uint32_t length = 0;
    const char* collection = nullptr;
    const bson_oid_t* id = nullptr;
    bson_iter_dbpointer(&position, &length, &collection, &id);
    out_ += R"({ "$dbPointer" : { "$ref" : )";
    string({collection, length});
    out_ += R"(, "$id" : )";
    wrapped("$oid", hex_text({id->bytes, sizeof id->bytes}));
    out_ += " } }";
}

// The digits of a decimal are those that BSON's specification of Decimal128 prescribes; the library has them.
void ExtendedJsonWriter::decimal(const bson_iter_t& position) {
    bson_decimal128_t decimal;
    bson_iter_decimal128(&position, &decimal);
    char text[BSON_DECIMAL128_STRING];
    bson_decimal128_to_string(&decimal, text);
    wrapped("$numberDecimal", text);
}

void ExtendedJsonWriter::named_text(const ValueView& value) {
    std::uint32_t length = 0;
    const bool code = value.type() == Type::code;
    const char* text =
        code ? bson_iter_code(&value.position(), &length) : bson_iter_symbol(&value.position(), &length);
    out_ += code ? R"({ "$code" : )" : R"({ "$symbol" : )";
    string({text, length});
    out_ += " }";
}

void ExtendedJsonWriter::code_with_scope(const bson_iter_t& position) {
    std::uint32_t length = 0, scope_length = 0;
    const std::uint8_t* scope = nullptr;
    const char* text = bson_iter_codewscope(&position, &length, &scope_length, &scope);
    out_ += R"({ "$code" : )";
    string({text, length});
    out_ += R"(, "$scope" : )";
    if (depth_ >= deepest_written) {
        out_ += "{ ... }";
    } else {
        ++depth_;
        whole(DocumentView({scope, scope_length}));
        --depth_;
    }
    out_ += " }";
}

void ExtendedJsonWriter::string(std::string_view text) {
    append_json_string(out_, text);
}

void ExtendedJsonWriter::wrapped(std::string_view name, std::string_view plain_text) {
    out_.append("{ \"").append(name).append("\" : \"").append(plain_text).append("\" }");
}

void ExtendedJsonWriter::wrapped_literal(std::string_view name, std::string_view literal) {
    out_.append("{ \"").append(name).append("\" : ").append(literal).append(" }");
}

}  // namespace mim::bson
