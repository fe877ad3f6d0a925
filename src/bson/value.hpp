// One BSON value, borrowed from a document: a cheap view, valid as long as the bytes it points into.
// Reading never throws; a question of the wrong type answers none.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <bson/bson.h>

namespace mim::bson {

class DocumentView;

// BSON's own type codes.
enum class Type : std::uint8_t {
    double_ = 0x01,
    string = 0x02,
    document = 0x03,
    array = 0x04,
    binary = 0x05,
    undefined = 0x06,
    object_id = 0x07,
    boolean = 0x08,
    date = 0x09,
    null = 0x0A,
    regex = 0x0B,
    db_pointer = 0x0C,
    code = 0x0D,
    symbol = 0x0E,
    code_with_scope = 0x0F,
    int32 = 0x10,
    timestamp = 0x11,
    int64 = 0x12,
    decimal128 = 0x13,
    max_key = 0x7F,
    min_key = 0xFF,
};

// The name that `$type` and error texts use: "int", "string", "object", "bool" …
[[nodiscard]] std::string_view type_name(Type type);

class ValueView {
  public:
    explicit ValueView(const bson_iter_t& position) : position_(position) {}

    [[nodiscard]] Type type() const;
    [[nodiscard]] std::string_view key() const {
        return {bson_iter_key(&position_), bson_iter_key_len(&position_)};
    }

    [[nodiscard]] bool is_number() const;  // int32, int64, double or decimal128
    // Any number as a double (decimal128 through its text); none for other types.
    [[nodiscard]] std::optional<double> number() const;
    // A number that is exactly a 64-bit integer, of whatever BSON type (3600, 3600.0, NumberLong(3600)); else
    // none.
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    [[nodiscard]] std::optional<bool> boolean() const;
    [[nodiscard]] std::optional<std::string_view> string() const;
    // A document or an array (whose keys are "0", "1" …).
    [[nodiscard]] std::optional<DocumentView> document() const;
    // MongoDB's truth of a value: false, 0, null and undefined are false.
    [[nodiscard]] bool truthy() const;

    [[nodiscard]] const bson_iter_t& position() const { return position_; }

  private:
    bson_iter_t position_;
};

// Same type and same bytes (a document also the same order of fields).
[[nodiscard]] bool identical(const ValueView& left, const ValueView& right);
// As MongoDB compares index options: numbers by value whatever their type, documents field by field in order.
[[nodiscard]] bool equal_by_value(const ValueView& left, const ValueView& right);

}  // namespace mim::bson
