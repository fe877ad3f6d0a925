#include "index/script/script_text.hpp"

#include "base/ascii.hpp"
#include "index/script/script.hpp"

namespace mim::index {
namespace {

// U+2028 and U+2029 end a line in JavaScript; both begin with these two bytes in UTF-8.
bool ends_a_line(std::string_view text, std::size_t at) {
    return text.substr(at, 2) == "\xE2\x80" && at + 2 < text.size() &&
           (text[at + 2] == '\xA8' || text[at + 2] == '\xA9');
}

std::string escaped_control(char byte) {
    switch (byte) {
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            break;
    }
    std::string escape = "\\u00";
    ascii::append_hex(escape, byte);
    return escape;
}

bool is_control(char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
}

// JavaScript objects move such names to the front, whatever was written.
bool integer_like(std::string_view name) {
    if (name.size() > 1 && name[0] == '0') return false;
    return ascii::is_digits(name);
}

// An object literal would reorder, lose or overwrite a field; a Map does not.
bool needs_map(bson::DocumentView document) {
    for (const auto value : document) {
        if (integer_like(value.key()) || value.key() == "__proto__") return true;
    }
    return false;
}

}  // namespace

std::string string_literal(std::string_view text) {
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (ends_a_line(text, at)) {
            result += text[at + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            at += 2;
        } else if (text[at] == '"' || text[at] == '\\') {
            result += '\\';
            result += text[at];
        } else if (is_control(text[at])) {
            result += escaped_control(text[at]);
        } else {
            result += text[at];
        }
    }
    return result + '"';
}

std::string one_line(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (ends_a_line(text, at)) {
            result += ' ';
            at += 2;
        } else {
            result += is_control(text[at]) ? ' ' : text[at];
        }
    }
    return result;
}

std::string map_literal(bson::DocumentView document) {
    std::string text = "new Map([";
    bool first = true;
    for (const auto value : document) {
        if (!first) text += ", ";
        first = false;
        text += "[" + string_literal(value.key()) + ", " + mongosh_literal(value) + "]";
    }
    return text + "])";
}

std::string mongosh_literal(bson::DocumentView document) {
    if (needs_map(document)) return map_literal(document);
    std::string text = "{";
    for (const auto value : document) {
        if (text.size() > 1) text += ", ";
        text += string_literal(value.key()) + ": " + mongosh_literal(value);
    }
    return text + "}";
}

std::string spec_literal(const Spec& spec) {
    std::string text = "{key: " + map_literal(spec.key) + ", name: " + string_literal(spec.name);
    for (const auto value : spec.options)
        text += ", " + string_literal(value.key()) + ": " + mongosh_literal(value);
    return text + "}";
}

}  // namespace mim::index
