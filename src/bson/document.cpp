#include "bson/document.hpp"

#include "bson/builder.hpp"
#include "bson/structure.hpp"

namespace mim::bson {
namespace {

constexpr std::string_view empty_document{"\x05\x00\x00\x00\x00", 5};
// MongoDB's own limit.
constexpr std::size_t deepest_document = 100;

}  // namespace

DocumentView::Iterator DocumentView::begin() const {
    bson_iter_t position;
    if (!bson_iter_init_from_data(&position, bytes_.data(), bytes_.size())) return {};
    const bool found = bson_iter_next(&position);
    return Iterator(position, !found);
}

std::size_t DocumentView::size() const {
    std::size_t count = 0;
    for (auto at = begin(); at != end(); ++at) ++count;
    return count;
}

std::optional<ValueView> DocumentView::find(std::string_view key) const {
    for (const auto value : *this) {
        if (value.key() == key) return value;
    }
    return std::nullopt;
}

bson_t DocumentView::raw() const {
    bson_t raw;
    if (!bson_init_static(&raw, bytes_.data(), bytes_.size())) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(empty_document.data());
        bson_init_static(&raw, bytes, empty_document.size());
    }
    return raw;
}

Document::Document() : bytes_(empty_document) {}

Document::Document(DocumentView view)
    : bytes_(reinterpret_cast<const char*>(view.bytes().data()), view.bytes().size()) {}

Result<Document> Document::from_bytes(std::span<const std::uint8_t> bytes) {
    if (const auto fault = structure_fault(bytes, deepest_document, Texts::utf8))
        return Error{ErrorCode::invalid_input, "not a valid BSON document: " + *fault};
    return Document(DocumentView(bytes));
}

bool equal_by_value(DocumentView left, DocumentView right) {
    auto a = left.begin(), b = right.begin();
    for (; a != left.end() && b != right.end(); ++a, ++b) {
        const ValueView left_value = *a, right_value = *b;
        if (left_value.key() != right_value.key() || !equal_by_value(left_value, right_value)) return false;
    }
    return a == left.end() && b == right.end();
}

Value::Value(const ValueView& view) : holder_(Builder().add("", view).take()) {}
Value Value::string(std::string_view text) {
    return Value(Builder().add("", text).take());
}
Value Value::int32(std::int32_t number) {
    return Value(Builder().add("", number).take());
}
Value Value::int64(std::int64_t number) {
    return Value(Builder().add("", number).take());
}
Value Value::number(double number) {
    return Value(Builder().add("", number).take());
}
Value Value::boolean(bool truth) {
    return Value(Builder().add("", truth).take());
}
Value Value::document(DocumentView document) {
    return Value(Builder().add("", document).take());
}
Value Value::null() {
    return Value(Builder().add_null("").take());
}

}  // namespace mim::bson
