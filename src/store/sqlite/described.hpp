// Described things to rows and back: one column a field, in the order of the description. What cannot be read
// back is store_failed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/model/place.hpp"
#include "app/model/seen_server.hpp"
#include "base/secret.hpp"
#include "store/descriptions/choices.hpp"
#include "store/descriptions/field.hpp"
#include "store/sqlite/rows.hpp"

namespace mim::store {

// How a value of one type stands in a column: `put(value)`, which may look into `value`, and
// `read(row, column)`.
template <class T>
struct Column;

template <>
struct Column<std::string> {
    [[nodiscard]] static std::string_view put(const std::string& text) { return text; }
    [[nodiscard]] static Result<std::string> read(const sqlite::Statement& row, int column) {
        return std::string(row.text(column));
    }
};
template <>
struct Column<Secret> {
    [[nodiscard]] static std::string_view put(const Secret& secret) { return secret.reveal(); }
    [[nodiscard]] static Result<Secret> read(const sqlite::Statement& row, int column) {
        return Secret(std::string(row.text(column)));
    }
};
template <>
struct Column<std::int64_t> {
    [[nodiscard]] static std::int64_t put(std::int64_t number) { return number; }
    [[nodiscard]] static Result<std::int64_t> read(const sqlite::Statement& row, int column) {
        return row.integer(column);
    }
};
template <>
struct Column<Timestamp> {
    [[nodiscard]] static std::int64_t put(Timestamp time) { return to_column(time); }
    [[nodiscard]] static Result<Timestamp> read(const sqlite::Statement& row, int column) {
        return read_time(row, column);
    }
};
template <>
struct Column<bson::Document> {
    [[nodiscard]] static sqlite::Blob put(const bson::Document& document) { return document.bytes(); }
    [[nodiscard]] static Result<bson::Document> read(const sqlite::Statement& row, int column) {
        return read_document(row, column);
    }
};
template <class Tag>
struct Column<Id<Tag>> {
    [[nodiscard]] static std::string_view put(const Id<Tag>& id) { return id.text(); }
    [[nodiscard]] static Result<Id<Tag>> read(const sqlite::Statement& row, int column) {
        return read_id<Id<Tag>>(row, column);
    }
};
template <Worded Choice>
struct Column<Choice> {
    [[nodiscard]] static std::string_view put(Choice choice) { return KeptAsWord<Choice>::word(choice); }
    [[nodiscard]] static Result<Choice> read(const sqlite::Statement& row, int column) {
        const auto choice = KeptAsWord<Choice>::choice(row.text(column));
        if (!choice) return damaged_row(KeptAsWord<Choice>::what);
        return *choice;
    }
};
template <Flagged Choice>
struct Column<Choice> {
    [[nodiscard]] static int put(Choice choice) { return choice == KeptAsFlag<Choice>::yes ? 1 : 0; }
    [[nodiscard]] static Result<Choice> read(const sqlite::Statement& row, int column) {
        return row.integer(column) != 0 ? KeptAsFlag<Choice>::yes : KeptAsFlag<Choice>::no;
    }
};
template <class T>
struct Column<std::optional<T>> {
    using Put = decltype(Column<T>::put(std::declval<const T&>()));
    [[nodiscard]] static std::optional<Put> put(const std::optional<T>& value) {
        if (!value) return std::nullopt;
        return Column<T>::put(*value);
    }
    [[nodiscard]] static Result<std::optional<T>> read(const sqlite::Statement& row, int column) {
        if (row.is_null(column)) return std::optional<T>();
        MIM_TRY(value, Column<T>::read(row, column));
        return std::optional<T>(std::move(value));
    }
};
// None also when another version wrote it in a way of its own: a place is found again from the connection
// string.
template <>
struct Column<std::optional<app::Place>> {
    [[nodiscard]] static std::optional<std::string> put(const std::optional<app::Place>& place);
    [[nodiscard]] static Result<std::optional<app::Place>> read(const sqlite::Statement& row, int column);
};
// None also when another version wrote it in a way of its own: the next look finds it again.
template <>
struct Column<std::optional<app::SeenServer>> {
    [[nodiscard]] static std::optional<std::string> put(const std::optional<app::SeenServer>& seen);
    [[nodiscard]] static Result<std::optional<app::SeenServer>> read(const sqlite::Statement& row,
                                                                     int column);
};
// The ids, one after the other.
template <>
struct Column<std::vector<DatabaseId>> {
    [[nodiscard]] static std::string put(const std::vector<DatabaseId>& ids);
    [[nodiscard]] static Result<std::vector<DatabaseId>> read(const sqlite::Statement& row, int column);
};

// How many columns a thing has.
template <Described Thing>
[[nodiscard]] consteval int columns_of() {
    return static_cast<int>(std::tuple_size_v<std::remove_cvref_t<decltype(Description<Thing>::fields)>>);
}

// Of a row that begins with the thing's columns.
template <Described Thing>
[[nodiscard]] Result<Thing> read_row(const sqlite::Statement& row) {
    Thing thing = Description<Thing>::blank();
    Done done;
    int column = 0;
    const auto read = [&thing, &done, &column, &row](const auto& field) {
        auto value = Column<TypeOfField<decltype(field), Thing>>::read(row, column++);
        if (value) {
            field.of(thing) = std::move(*value);
        } else {
            done = std::move(value).error();
        }
        return done.has_value();
    };
    const bool whole = std::apply([&read](const auto&... field) { return (read(field) && ...); },
                                  Description<Thing>::fields);
    if (!whole) return std::move(done).error();
    return thing;
}

// Runs a statement whose first parameters are the thing's fields, and what follows are `more`.
template <Described Thing, class... More>
Result<std::int64_t> run_with(sqlite::Connection& connection, sqlite::Sql sql, const Thing& thing,
                              const More&... more) {
    return std::apply(
        [&](const auto&... field) {
            return connection.run(sql, Column<TypeOfField<decltype(field), Thing>>::put(field.of(thing))...,
                                  more...);
        },
        Description<Thing>::fields);
}

}  // namespace mim::store
