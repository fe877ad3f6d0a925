#include "bson/type_operator.hpp"

#include "bson/builder.hpp"

namespace mim::bson {
namespace {

constexpr std::string_view operator_literal = "\"$type\"";
// A private-use character in front: nothing that a person would name a field.
constexpr std::string_view disguise = "\uE000$type";

// The position just behind the string literal that begins at `start`.
std::size_t end_of_literal(std::string_view text, std::size_t start) {
    std::size_t at = start + 1;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

bool is_member_name(std::string_view text, std::size_t behind) {
    const auto next = text.find_first_not_of(" \t\r\n", behind);
    return next != std::string_view::npos && text[next] == ':';
}

void reveal_into(Builder& builder, std::string_view key, const ValueView& value) {
    if (value.type() == Type::document) {
        builder.add(key, reveal_type_operator(*value.document()));
    } else if (value.type() == Type::array) {
        builder.add_array(key, reveal_type_operator(*value.document()));
    } else {
        builder.add(key, value);
    }
}

}  // namespace

std::string disguise_type_operator(std::string_view text) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto quote = text.find('"', at);
        if (quote == std::string_view::npos) break;
        const auto behind = end_of_literal(text, quote);
        out += text.substr(at, quote - at);
        const auto literal = text.substr(quote, behind - quote);
        if (literal == operator_literal && is_member_name(text, behind)) {
            out.append("\"").append(disguise).append("\"");
        } else {
            out += literal;
        }
        at = behind;
    }
    return out.append(text.substr(std::min(at, text.size())));
}

Document reveal_type_operator(DocumentView document) {
    Builder builder;
    for (const auto value : document)
        reveal_into(builder, value.key() == disguise ? "$type" : value.key(), value);
    return builder.take();
}

}  // namespace mim::bson
