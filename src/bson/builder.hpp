// Builds a Document field by field, in order. `take()` ends it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "bson/document.hpp"

namespace mim::bson {

class Builder {
  public:
    Builder();
    ~Builder();
    Builder(Builder&&) noexcept;
    Builder& operator=(Builder&&) noexcept;

    Builder& add(std::string_view key, std::string_view text);
    Builder& add(std::string_view key, const char* text) { return add(key, std::string_view(text)); }
    Builder& add(std::string_view key, const std::string& text) { return add(key, std::string_view(text)); }
    Builder& add(std::string_view key, std::int32_t number);
    Builder& add(std::string_view key, std::int64_t number);
    Builder& add(std::string_view key, double number);
    Builder& add(std::string_view key, bool truth);
    Builder& add(std::string_view key, DocumentView document);
    Builder& add(std::string_view key, const Document& document) { return add(key, document.view()); }
    Builder& add(std::string_view key, const ValueView& value);
    Builder& add(std::string_view key, const Value& value) { return add(key, value.view()); }
    Builder& add_null(std::string_view key);
    Builder& add_date(std::string_view key, std::int64_t milliseconds_since_epoch);
    Builder& add_object_id(std::string_view key, std::string_view hex24);
    // `array` has the keys "0", "1" …; see Array.
    Builder& add_array(std::string_view key, DocumentView array);
    Builder& add_all(DocumentView document);  // every field of it

    [[nodiscard]] Document take();

  private:
    bson_t raw_;  // in place: what fits into it, and most does, needs no memory of its own
};

// Builds the document behind an array: numbers the keys itself.
class Array {
  public:
    template <class T>
    Array& add(const T& value) {
        builder_.add(std::to_string(size_++), value);
        return *this;
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] Document take() {
        size_ = 0;
        return builder_.take();
    }

  private:
    Builder builder_;
    std::size_t size_ = 0;
};

// `document` without the fields named.
[[nodiscard]] Document without(DocumentView document, std::initializer_list<std::string_view> keys);

}  // namespace mim::bson
