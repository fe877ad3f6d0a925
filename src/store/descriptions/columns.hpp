// Holds the texts that SQL statements are made of to the description beside which they stand: a statement is
// a literal, so a column's place in it is written down, and the compiler compares.
#pragma once

#include "store/descriptions/field.hpp"

namespace mim::store {

// Reads a text from its beginning; false once it has gone another way.
class ColumnText {
  public:
    constexpr explicit ColumnText(std::string_view text) : rest_(text) {}
    constexpr void take(std::string_view word) {
        right_ = right_ && rest_.starts_with(word);
        if (right_) rest_.remove_prefix(word.size());
    }
    // "?12"
    constexpr void take_parameter(std::size_t number) {
        take("?");
        if (number >= 10) take_digit(number / 10);
        take_digit(number % 10);
    }
    [[nodiscard]] constexpr bool ended() const { return right_ && rest_.empty(); }

  private:
    constexpr void take_digit(std::size_t digit) { take(std::string_view("0123456789").substr(digit, 1)); }

    std::string_view rest_;
    bool right_ = true;
};

// "id, name": the names of all fields.
template <Described Thing>
[[nodiscard]] consteval bool are_columns(std::string_view columns) {
    ColumnText text(columns);
    bool first = true;
    for_each_field<Thing>([&](const auto& field) {
        if (!first) text.take(", ");
        first = false;
        text.take(field.name);
    });
    return text.ended();
}

// "?1, ?2": as many parameters as there are fields.
template <Described Thing>
[[nodiscard]] consteval bool are_values(std::string_view values) {
    ColumnText text(values);
    std::size_t number = 0;
    for_each_field<Thing>([&](const auto& /*field*/) {
        if (number > 0) text.take(", ");
        text.take_parameter(++number);
    });
    return text.ended();
}

// "?3, ?4": the first parameters behind those of the fields, this many.
template <Described Thing>
[[nodiscard]] consteval bool are_next(std::string_view parameters, std::size_t how_many) {
    ColumnText text(parameters);
    std::size_t number = 0;
    for_each_field<Thing>([&](const auto& /*field*/) { ++number; });
    for (std::size_t each = 1; each <= how_many; ++each) {
        if (each > 1) text.take(", ");
        text.take_parameter(number + each);
    }
    return text.ended();
}

// "(name) = (?2)": the fields that a change of the whole thing writes, each with its parameter.
template <Described Thing>
[[nodiscard]] consteval bool is_change(std::string_view change) {
    ColumnText text(change);
    std::string_view before = "(";
    for_each_field<Thing>([&](const auto& field) {
        if (field.written == Written::once) return;
        text.take(before);
        text.take(field.name);
        before = ", ";
    });
    text.take(") = ");
    before = "(";
    std::size_t number = 0;
    for_each_field<Thing>([&](const auto& field) {
        ++number;
        if (field.written == Written::once) return;
        text.take(before);
        text.take_parameter(number);
        before = ", ";
    });
    text.take(")");
    return text.ended();
}

}  // namespace mim::store
