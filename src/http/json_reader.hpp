// Reads the fields of a JSON object and collects every complaint with its path, so that the caller learns of
// all bad fields at once. A reader method answers a usable default after a complaint; ask `Body::verdict`
// before using any. `null` counts as absent, but where a change is read: there it takes a member away, or is
// refused. What no reader asks for is an unknown field. Not thread-safe; borrows the object.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/error.hpp"
#include "http/reading.hpp"
#include "http/wrong_kind.hpp"

namespace mim::http {

inline constexpr std::string_view field_required = "Field is required";
inline constexpr std::string_view not_null = "Must not be null: leave it out to keep what is stored";

class ObjectReader {
  public:
    // `path` of the object itself: "" for the body, "options.collation" for a part of it.
    ObjectReader(const boost::json::object& object, std::string path, Reading& reading)
        : place_(&reading.open(object, std::move(path))), reading_(&reading) {}

    // `wanted` is what the refusal says that the field takes. Empty counts as absent.
    [[nodiscard]] std::string required_string(std::string_view name, std::string_view wanted = takes::text);
    [[nodiscard]] std::optional<std::string> optional_string(std::string_view name,
                                                             std::string_view wanted = takes::text);
    [[nodiscard]] std::string string_or_empty(std::string_view name);
    [[nodiscard]] std::optional<bool> optional_boolean(std::string_view name);
    // A member of a change. None: it was left out, and what is stored stays. `null` is refused, or takes the
    // member away and reads as an empty text.
    [[nodiscard]] std::optional<std::string> changed_string(std::string_view name);
    [[nodiscard]] std::optional<bool> changed_boolean(std::string_view name);
    [[nodiscard]] std::optional<std::string> clearable_string(std::string_view name);
    [[nodiscard]] bool is_null(std::string_view name);
    [[nodiscard]] bool flag(std::string_view name) { return optional_boolean(name).value_or(false); }
    // A whole number, also when written as 3600.0.
    [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view name,
                                                               IntegerRange range = {});

    template <class IdType>
    [[nodiscard]] std::optional<IdType> required_id(std::string_view name) {
        const std::string text = required_string(name, takes::id);
        auto id = IdType::parse(text);
        if (!id && !text.empty()) refuse_kind(name, takes::id, "another string");
        return id;
    }
    // One or more strings, none empty, none twice.
    [[nodiscard]] std::vector<std::string> required_names(std::string_view name);
    [[nodiscard]] std::optional<std::vector<std::string>> optional_names(std::string_view name);

    template <class Value>
    [[nodiscard]] Value word(std::string_view name,
                             std::initializer_list<std::pair<std::string_view, Value>> words,
                             Value fallback) {
        std::string known;
        for (const auto& each : words) known += (known.empty() ? "" : ", ") + std::string(each.first);
        const auto text = optional_string(name, "one of the strings " + known);
        if (!text) return fallback;
        for (const auto& [candidate, value] : words) {
            if (candidate == *text) return value;
        }
        complain(name, "Must be one of: " + known);
        return fallback;
    }

    // Null when absent or JSON null.
    [[nodiscard]] const boost::json::value* find(std::string_view name);
    [[nodiscard]] std::optional<ObjectReader> optional_object(std::string_view name);
    [[nodiscard]] std::optional<ObjectReader> required_object(std::string_view name);
    // Of an item of an array of this object: "keys[1]".
    [[nodiscard]] ObjectReader item(std::string_view place, const boost::json::object& object) const;
    [[nodiscard]] std::string path_of(std::string_view name) const { return path_within(place_->path, name); }
    void complain(std::string_view name, std::string reason);
    void refuse_kind(std::string_view name, std::string_view wanted, std::string_view sent);
    void require(std::string_view name);  // complains when it is absent
    // Another name of a field: understood, but not among those that are offered for an unknown one.
    void accept(std::string_view name);

  private:
    ReadObject* place_;
    Reading* reading_;
};

}  // namespace mim::http
