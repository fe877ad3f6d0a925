// Writes JSON straight into a string, no tree in between: answers are written in the order they are read.
// The caller keeps begin and end in balance; commas are the writer's business. While the present call holds
// something of a target (base/call_memory.hpp) the text counts as well; once it may hold no more nothing is
// written any longer, and the call is told that its text is cut short.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/call_memory.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace mim::http {

class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out), holding_(CallMemory::current()) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(std::same_as<bool> auto truth) { return raw(truth ? "true" : "false"); }
    JsonWriter& value(std::integral auto number) requires(!std::same_as<decltype(number), bool>) {
        return integer(static_cast<std::int64_t>(number));
    }
    JsonWriter& value(Timestamp time) { return value(to_rfc3339(time)); }
    template <class Tag>
    JsonWriter& value(const Id<Tag>& id) {
        return value(std::string_view(id.text()));
    }
    template <class T>
    JsonWriter& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }
    JsonWriter& null() { return raw("null"); }
    // `json` is one whole JSON value already.
    JsonWriter& raw(std::string_view json);

    template <class T>
    JsonWriter& field(std::string_view name, const T& content) {
        return key(name).value(content);
    }

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& integer(std::int64_t number);
    void separate();
    void quote(std::string_view text);
    void append(std::string_view text);
    [[nodiscard]] bool make_room(std::size_t bytes);

    std::string& out_;
    std::shared_ptr<Holding> holding_;  // null: nothing counts
    std::size_t charged_ = 0;
    bool cut_short_ = false;
    bool after_value_ = false;
};

}  // namespace mim::http
