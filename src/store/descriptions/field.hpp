// How things are described to the stores: each stored field once, in the order in which it is written, with
// its name, the way to it, and what sets it apart. Both engines write and read by the description, and a copy
// is compared by it.
//
// Names belong to people's stores: never change one. A renamed C++ member renames nothing that is stored.
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "base/id.hpp"

namespace mim::store {

enum class Written { once, with_change };  // by the creation alone, or by a change of the whole thing too
enum class Absent { damaged, usual };      // a document of an older version has none: as in a blank thing
enum class Sense { same, inverted };       // of a yes or no in MongoDB's documents
enum class Folded { nowhere, beside };     // in MongoDB's documents, for searches in any case: NAME_folded

template <class... Steps>
struct Field {
    std::string_view name;        // of the column
    std::string_view in_mongodb;  // of the document's field
    std::tuple<Steps...> steps;   // pointers to members: from the thing to what it holds
    Written written = Written::with_change;
    Absent absent = Absent::damaged;
    Sense sense = Sense::same;
    Folded folded = Folded::nowhere;
    std::string_view part_in_mongodb{};  // of the document in the document that holds it

    // thing .* first .* second …
    template <class Thing>
    [[nodiscard]] constexpr auto& of(Thing& thing) const {
        return std::apply(
            [&thing](auto... step) -> auto& { return (thing.*....*step); }, steps);
    }

    [[nodiscard]] constexpr Field as_in_mongodb(std::string_view other) const {
        Field field = *this;
        field.in_mongodb = other;
        return field;
    }
    [[nodiscard]] constexpr Field inverted_in_mongodb(std::string_view other) const {
        Field field = as_in_mongodb(other);
        field.sense = Sense::inverted;
        return field;
    }
    // Those of one part stand together.
    [[nodiscard]] constexpr Field within_in_mongodb(std::string_view part) const {
        Field field = *this;
        field.part_in_mongodb = part;
        return field;
    }
    [[nodiscard]] constexpr Field written_once() const {
        Field field = *this;
        field.written = Written::once;
        return field;
    }
    [[nodiscard]] constexpr Field absent_in_older() const {
        Field field = *this;
        field.absent = Absent::usual;
        return field;
    }
    [[nodiscard]] constexpr Field folded_beside() const {
        Field field = *this;
        field.folded = Folded::beside;
        return field;
    }
};

template <class... Steps>
[[nodiscard]] constexpr Field<Steps...> field(std::string_view name, Steps... steps) {
    return {name, name, std::tuple<Steps...>(steps...)};
}

// For each thing that is stored, a specialisation with
//   what      what an error calls it
//   blank()   one to be read over
//   fields    a tuple of its fields, the id first
template <class Thing>
struct Description;

template <class Thing>
concept Described = requires {
    Description<Thing>::fields;
};

template <class FieldOfThing, class Thing>
using TypeOfField =
    std::remove_cvref_t<decltype(std::declval<const FieldOfThing&>().of(std::declval<const Thing&>()))>;

// Calls `use` with each field, in order.
template <Described Thing, class Use>
constexpr void for_each_field(Use use) {
    std::apply([&use](const auto&... field) { (use(field), ...); }, Description<Thing>::fields);
}

// Of a thing that is about to be read: it takes the place of one that would have to be drawn.
template <class IdType>
[[nodiscard]] const IdType& id_to_be_read() {
    static const IdType id = IdType::parse("000000000000000000000000").value();
    return id;
}

}  // namespace mim::store
