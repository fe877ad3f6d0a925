// Described things to documents and back: one field each, in the order of the description. What is missing or
// of another type is store_failed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/model/place.hpp"
#include "app/model/seen_server.hpp"
#include "base/fold.hpp"
#include "base/secret.hpp"
#include "store/descriptions/choices.hpp"
#include "store/descriptions/field.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

// How a value of one type stands in a document: `form(value)`, which `put` takes and which may look into
// `value`, and `read(reader, key)`.
template <class T>
struct Kept;

template <>
struct Kept<std::string> {
    [[nodiscard]] static std::string_view form(const std::string& text) { return text; }
    [[nodiscard]] static std::string read(Reader& reader, std::string_view key) { return reader.text(key); }
};
template <>
struct Kept<Secret> {
    [[nodiscard]] static std::string_view form(const Secret& secret) { return secret.reveal(); }
    [[nodiscard]] static Secret read(Reader& reader, std::string_view key) {
        return Secret(reader.text(key));
    }
};
template <>
struct Kept<std::int64_t> {
    [[nodiscard]] static std::int64_t form(std::int64_t number) { return number; }
    [[nodiscard]] static std::int64_t read(Reader& reader, std::string_view key) {
        return reader.integer(key);
    }
};
template <>
struct Kept<Timestamp> {
    [[nodiscard]] static Timestamp form(Timestamp time) { return time; }
    [[nodiscard]] static Timestamp read(Reader& reader, std::string_view key) { return reader.time(key); }
};
template <>
struct Kept<bson::Document> {
    [[nodiscard]] static Packed form(const bson::Document& document) { return Packed{document}; }
    [[nodiscard]] static bson::Document read(Reader& reader, std::string_view key) {
        return reader.packed(key);
    }
};
template <class Tag>
struct Kept<Id<Tag>> {
    [[nodiscard]] static const Id<Tag>& form(const Id<Tag>& id) { return id; }
    [[nodiscard]] static Id<Tag> read(Reader& reader, std::string_view key) {
        return reader.id<Id<Tag>>(key);
    }
};
template <Worded Choice>
struct Kept<Choice> {
    [[nodiscard]] static std::string_view form(Choice choice) { return KeptAsWord<Choice>::word(choice); }
    [[nodiscard]] static Choice read(Reader& reader, std::string_view key) {
        return reader.must(KeptAsWord<Choice>::choice(reader.text(key)));
    }
};
template <class T>
struct Kept<std::optional<T>> {
    using Form = std::remove_cvref_t<decltype(Kept<T>::form(std::declval<const T&>()))>;
    [[nodiscard]] static std::optional<Form> form(const std::optional<T>& value) {
        if (!value) return std::nullopt;
        return Kept<T>::form(*value);
    }
    [[nodiscard]] static std::optional<T> read(Reader& reader, std::string_view key) {
        if (!reader.present(key)) return std::nullopt;
        return Kept<T>::read(reader, key);
    }
};
template <>
struct Kept<std::vector<std::string>> {
    [[nodiscard]] static ArrayOf form(const std::vector<std::string>& texts) { return array_of(texts); }
    [[nodiscard]] static std::vector<std::string> read(Reader& reader, std::string_view key) {
        return reader.texts(key);
    }
};
[[nodiscard]] bson::Document place_document(const app::Place& place);
// None also when another version wrote it in a way of its own: a place is found again from the connection
// string.
template <>
struct Kept<std::optional<app::Place>> {
    [[nodiscard]] static std::optional<bson::Document> form(const std::optional<app::Place>& place);
    [[nodiscard]] static std::optional<app::Place> read(Reader& reader, std::string_view key);
};
[[nodiscard]] bson::Document seen_server_document(const app::SeenServer& seen);
// None also when another version wrote it in a way of its own, which stays as it is: that version reads it.
template <>
struct Kept<std::optional<app::SeenServer>> {
    [[nodiscard]] static std::optional<bson::Document> form(const std::optional<app::SeenServer>& seen);
    [[nodiscard]] static std::optional<app::SeenServer> read(Reader& reader, std::string_view key);
};
// Their digits.
template <>
struct Kept<std::vector<DatabaseId>> {
    [[nodiscard]] static ArrayOf form(const std::vector<DatabaseId>& ids);
    [[nodiscard]] static std::vector<DatabaseId> read(Reader& reader, std::string_view key);
};

template <class FieldOfThing, Described Thing>
void put_field(bson::Builder& into, const FieldOfThing& field, const Thing& thing) {
    using T = TypeOfField<FieldOfThing, Thing>;
    const T& value = field.of(thing);
    if constexpr (Flagged<T>) {
        put(into, field.in_mongodb, (value == KeptAsFlag<T>::yes) == (field.sense == Sense::same));
    } else {
        put(into, field.in_mongodb, Kept<T>::form(value));
    }
    if constexpr (std::is_same_v<T, std::string>) {
        if (field.folded == Folded::beside) put(into, std::string(field.in_mongodb) + "_folded", fold(value));
    }
}

// Those fields for which `is_meant`.
template <Described Thing, class IsMeant>
void put_fields(bson::Builder& into, const Thing& thing, IsMeant is_meant) {
    std::string_view part;
    bson::Builder inside;
    const auto end_part = [&into, &part, &inside] {
        if (!part.empty()) into.add(part, inside.take());
        part = {};
    };
    for_each_field<Thing>([&](const auto& field) {
        if (!is_meant(field)) return;
        if (field.part_in_mongodb != part) end_part();
        part = field.part_in_mongodb;
        put_field(part.empty() ? into : inside, field, thing);
    });
    end_part();
}

template <Described Thing>
[[nodiscard]] bson::Document to_document(const Thing& thing) {
    bson::Builder document;
    put_fields(document, thing, [](const auto& /*field*/) { return true; });
    return document.take();
}

// What a change of the whole thing writes.
template <Described Thing>
[[nodiscard]] bson::Document changeable(const Thing& thing) {
    bson::Builder document;
    put_fields(document, thing, [](const auto& field) { return field.written == Written::with_change; });
    return document.take();
}

// `reader` reads the document, or the part of it, that holds the field.
template <class FieldOfThing, Described Thing>
void read_field(Reader& reader, const FieldOfThing& field, Thing& thing) {
    using T = TypeOfField<FieldOfThing, Thing>;
    if (field.absent == Absent::usual && !reader.present(field.in_mongodb)) return;
    if constexpr (Flagged<T>) {
        const bool yes = reader.flag(field.in_mongodb) == (field.sense == Sense::same);
        field.of(thing) = yes ? KeptAsFlag<T>::yes : KeptAsFlag<T>::no;
    } else {
        field.of(thing) = Kept<T>::read(reader, field.in_mongodb);
    }
}

template <Described Thing>
void read_fields(Reader& reader, Thing& thing) {
    for_each_field<Thing>([&reader, &thing](const auto& field) {
        if (field.part_in_mongodb.empty()) return read_field(reader, field, thing);
        Reader inside = reader.inside(field.part_in_mongodb);
        read_field(inside, field, thing);
        reader.expect(!inside.damaged());
    });
}

template <Described Thing>
[[nodiscard]] Result<Thing> read_document(bson::DocumentView document) {
    Reader reader(document);
    Thing thing = Description<Thing>::blank();
    read_fields(reader, thing);
    MIM_CHECK(reader.whole(Description<Thing>::what));
    return thing;
}

}  // namespace mim::store::mongodb
