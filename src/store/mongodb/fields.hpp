// Our values to fields of a MongoDB document, and back. Ids are ObjectIds, times are dates, an absent
// optional is an absent field. Key patterns, options and definitions are BSON inside of a binary value: byte
// for byte, and with names ($**, a.b) that servers before 5.0 refuse in documents.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "bson/builder.hpp"
#include "bson/elements.hpp"

namespace mim::store::mongodb {

struct Packed {
    const bson::Document& document;
};
struct ArrayOf {
    bson::Document items;  // keys "0", "1" …
};

void put(bson::Builder& into, std::string_view key, const Packed& packed);
inline void put(bson::Builder& into, std::string_view key, const ArrayOf& array) {
    into.add_array(key, array.items.view());
}
inline void put(bson::Builder& into, std::string_view key, Timestamp time) {
    into.add_date(key, time.time_since_epoch().count());
}
template <class Tag>
void put(bson::Builder& into, std::string_view key, const Id<Tag>& id) {
    into.add_object_id(key, id.text());
}
template <class T>
void put(bson::Builder& into, std::string_view key, const T& value) {
    into.add(key, value);
}
template <class T>
void put(bson::Builder& into, std::string_view key, const std::optional<T>& value) {
    if (value) put(into, key, *value);
}

inline void put_all(bson::Builder& /*into*/) {}
template <class T, class... Rest>
void put_all(bson::Builder& into, std::string_view key, const T& value, const Rest&... rest) {
    put(into, key, value);
    put_all(into, rest...);
}

// {key: value, …} from keys and values in turn.
template <class... Each>
[[nodiscard]] bson::Document fields(const Each&... keys_and_values) {
    bson::Builder builder;
    put_all(builder, keys_and_values...);
    return builder.take();
}

// An array of the values.
template <class Values>
[[nodiscard]] ArrayOf array_of(const Values& values) {
    bson::Builder builder;
    std::size_t position = 0;
    for (const auto& value : values) put(builder, std::to_string(position++), value);
    return {builder.take()};
}
template <class... Documents>
[[nodiscard]] ArrayOf documents(const Documents&... each) {
    bson::Array array;
    (array.add(each.view()), ...);
    return {array.take()};
}

// Changes of an update command.
template <class... Each>
[[nodiscard]] bson::Document setting(const Each&... keys_and_values) {
    return fields("$set", fields(keys_and_values...));
}

// Reads one document. What is missing or of another type is remembered, answered with an empty value, and
// makes `whole` fail: the document was damaged or edited by hand.
class Reader {
  public:
    explicit Reader(bson::DocumentView document) : document_(document) {}

    [[nodiscard]] std::string text(std::string_view key);
    [[nodiscard]] std::optional<std::string> optional_text(std::string_view key);
    [[nodiscard]] std::int64_t integer(std::string_view key);
    [[nodiscard]] int small(std::string_view key) { return static_cast<int>(integer(key)); }
    // False when absent.
    [[nodiscard]] bool flag(std::string_view key) const;
    [[nodiscard]] Timestamp time(std::string_view key);
    [[nodiscard]] std::optional<Timestamp> optional_time(std::string_view key);
    [[nodiscard]] bson::Document packed(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    // None when absent.
    [[nodiscard]] std::optional<bson::DocumentView> part(std::string_view key) const;
    // Of a document in this one; of nothing when it is absent.
    [[nodiscard]] Reader inside(std::string_view key) const;
    template <class IdType>
    [[nodiscard]] IdType id(std::string_view key) {
        auto read = IdType::parse(id_digits(key));
        if (!read) damaged_ = true;
        return read ? std::move(*read) : IdType::generate();
    }
    template <class IdType>
    [[nodiscard]] std::optional<IdType> optional_id(std::string_view key) {
        if (!present(key)) return std::nullopt;
        return id<IdType>(key);
    }
    // `found` when it is there, else damaged and a value made by default.
    template <class T>
    [[nodiscard]] T must(std::optional<T> found) {
        if (!found) damaged_ = true;
        return found ? std::move(*found) : T{};
    }
    void expect(bool right) { damaged_ = damaged_ || !right; }
    [[nodiscard]] bool damaged() const { return damaged_; }
    // store_failed unless everything was there.
    [[nodiscard]] Done whole(std::string_view what) const;

    // There, and not null.
    [[nodiscard]] bool present(std::string_view key) const;

  private:
    [[nodiscard]] std::string id_digits(std::string_view key) const;

    bson::DocumentView document_;
    bool damaged_ = false;
};

}  // namespace mim::store::mongodb
