// An owned BSON document. Copies are deep, moves are cheap, equality is by bytes. Always valid BSON: every
// way of making one checks. Not thread-safe to modify; fine to read from many threads.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "bson/value.hpp"

namespace mim::bson {

class Document;

// A borrowed document; valid as long as the bytes it points into.
class DocumentView {
  public:
    class Iterator {
      public:
        using value_type = ValueView;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        explicit Iterator(const bson_iter_t& position, bool at_end) : position_(position), end_(at_end) {}
        ValueView operator*() const { return ValueView(position_); }
        Iterator& operator++() {
            end_ = !bson_iter_next(&position_);
            return *this;
        }
        bool operator==(const Iterator& other) const { return end_ == other.end_; }

      private:
        bson_iter_t position_{};
        bool end_ = true;
    };

    DocumentView(  // NOLINT(google-explicit-constructor): a document is its own view
        const Document& document);
    // Bytes that a library of ours already validated; `bytes` must be one whole document.
    explicit DocumentView(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    [[nodiscard]] static DocumentView of(const bson_t& raw) {
        return DocumentView({bson_get_data(&raw), raw.len});
    }

    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const { return {}; }
    [[nodiscard]] bool empty() const { return begin() == end(); }
    [[nodiscard]] std::size_t size() const;  // number of fields; counts by walking
    [[nodiscard]] std::optional<ValueView> find(std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const { return find(key).has_value(); }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }
    // For calls into libbson and libmongoc; borrowed, valid as long as this view's bytes.
    [[nodiscard]] bson_t raw() const;

  private:
    std::span<const std::uint8_t> bytes_;
};

class Document {
  public:
    Document();  // {}
    explicit Document(DocumentView view);
    // Checks `bytes` whole: lengths, nesting, UTF-8. `invalid_input` when they are not BSON.
    [[nodiscard]] static Result<Document> from_bytes(std::span<const std::uint8_t> bytes);

    [[nodiscard]] DocumentView view() const { return DocumentView(*this); }
    [[nodiscard]] auto begin() const { return view().begin(); }
    [[nodiscard]] auto end() const { return view().end(); }
    [[nodiscard]] bool empty() const { return view().empty(); }
    [[nodiscard]] std::size_t size() const { return view().size(); }
    // The value borrows from this document.
    [[nodiscard]] std::optional<ValueView> find(std::string_view key) const { return view().find(key); }
    [[nodiscard]] bool contains(std::string_view key) const { return view().contains(key); }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const {
        return {reinterpret_cast<const std::uint8_t*>(bytes_.data()), bytes_.size()};
    }
    [[nodiscard]] const std::string& byte_string() const { return bytes_; }

    friend bool operator==(const Document&, const Document&) = default;

  private:
    friend class Builder;
    std::string bytes_;
};

inline DocumentView::DocumentView(const Document& document) : bytes_(document.bytes()) {}

[[nodiscard]] bool equal_by_value(DocumentView left, DocumentView right);

// One owned value of any type.
class Value {
  public:
    explicit Value(const ValueView& view);
    [[nodiscard]] static Value string(std::string_view text);
    [[nodiscard]] static Value int32(std::int32_t number);
    [[nodiscard]] static Value int64(std::int64_t number);
    [[nodiscard]] static Value number(double number);
    [[nodiscard]] static Value boolean(bool truth);
    [[nodiscard]] static Value document(DocumentView document);
    [[nodiscard]] static Value null();

    [[nodiscard]] ValueView view() const { return *holder_.begin(); }
    friend bool operator==(const Value&, const Value&) = default;  // same type and bytes

  private:
    explicit Value(Document holder) : holder_(std::move(holder)) {}
    Document holder_;  // one field with an empty name
};

}  // namespace mim::bson
