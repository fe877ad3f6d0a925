#include "sandbox/wire/reader.hpp"

#include <algorithm>

#include "sandbox/wire/nesting.hpp"

namespace mim::sandbox::wire {

Error malformed(std::string what) {
    return {ErrorCode::invalid_input, std::move(what)};
}

namespace {

std::uint32_t little_endian(std::span<const std::uint8_t> four) {
    return static_cast<std::uint32_t>(four[0]) | static_cast<std::uint32_t>(four[1]) << 8U |
           static_cast<std::uint32_t>(four[2]) << 16U | static_cast<std::uint32_t>(four[3]) << 24U;
}

}  // namespace

std::optional<std::span<const std::uint8_t>> Reader::take(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

std::optional<std::uint8_t> Reader::byte() {
    const auto one = take(1);
    if (!one) return std::nullopt;
    return one->front();
}

std::optional<std::uint32_t> Reader::uint32() {
    const auto four = take(4);
    if (!four) return std::nullopt;
    return little_endian(*four);
}

std::optional<std::int32_t> Reader::int32() {
    const auto number = uint32();
    if (!number) return std::nullopt;
    return static_cast<std::int32_t>(*number);
}

std::optional<std::string> Reader::c_string() {
    const auto end = std::find(rest_.begin(), rest_.end(), std::uint8_t{0});
    if (end == rest_.end()) return std::nullopt;
    std::string text(rest_.begin(), end);
    rest_ = rest_.subspan(text.size() + 1);
    return text;
}

Result<bson::Document> Reader::document() {
    constexpr std::size_t smallest = 5;
    if (rest_.size() < smallest) return Error{ErrorCode::invalid_input, "the message ends inside a document"};
    const std::size_t length = little_endian(rest_.first(4));
    if (length < smallest || length > rest_.size())
        return Error{ErrorCode::invalid_input, "a document's length does not fit the message"};
    const auto bytes = rest_.first(length);
    if (!nesting_is_bounded(bytes)) return Error{ErrorCode::invalid_input, "a document is nested too deeply"};
    MIM_TRY(document, bson::Document::from_bytes(bytes));
    rest_ = rest_.subspan(length);
    return document;
}

}  // namespace mim::sandbox::wire
