#include "http/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.hpp"

namespace mim::http {
namespace {

bool needs_escape(char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == '"' || letter == '\\';
}

std::string escaped(char letter) {
    switch (letter) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            break;
    }
    std::string text = "\\u00";
    ascii::append_hex(text, letter);
    return text;
}

}  // namespace

// Old and new text stand side by side for a moment.
bool JsonWriter::make_room(std::size_t bytes) {
    constexpr std::size_t least = 4'096;
    const std::size_t wanted = std::max({out_.size() + bytes, out_.size() + out_.size() / 2, least});
    if (Done added = holding_->add(wanted); !added) {
        cut_short_ = true;
        CallMemory::cut_short(std::move(added).error());
        return false;
    }
    std::string larger;
    larger.reserve(wanted);
    larger += out_;
    out_.swap(larger);
    holding_->give_back(std::exchange(charged_, wanted));
    return true;
}

void JsonWriter::append(std::string_view text) {
    if (cut_short_) return;
    if (holding_ && out_.capacity() - out_.size() < text.size() && !make_room(text.size())) return;
    out_ += text;
}

void JsonWriter::separate() {
    if (after_value_) append(",");
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    append({&bracket, 1});
    after_value_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    append({&bracket, 1});
    after_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    append(":");
    after_value_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    quote(text);
    after_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    append(json);
    after_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
    std::array<char, 24> digits{};
    const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    static_cast<void>(failure);  // 24 characters hold every 64-bit integer
    return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void JsonWriter::quote(std::string_view text) {
    append("\"");
    std::size_t plain_from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!needs_escape(text[at])) continue;
        append(text.substr(plain_from, at - plain_from));
        append(escaped(text[at]));
        plain_from = at + 1;
    }
    append(text.substr(plain_from));
    append("\"");
}

}  // namespace mim::http
