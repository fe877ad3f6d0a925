#include "bson/json_tree.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.hpp"
#include "bson/text_forms.hpp"

namespace mim::bson {
namespace {

constexpr int deepest_read = 100;  // MongoDB's own nesting limit

void append_utf8(std::string& out, std::uint32_t letter) {
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((letter >> shift) & 0x3F)); };
    if (letter < 0x80) {
        out += static_cast<char>(letter);
    } else if (letter < 0x800) {
        out += static_cast<char>(0xC0 | (letter >> 6));
        tail(0);
    } else if (letter < 0x10000) {
        out += static_cast<char>(0xE0 | (letter >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | (letter >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    Result<JsonNode> whole() {
        skip_spaces();
        // An array would be a document with the keys "0", "1" …
        if (peek() != '{') return wrong("an object {…} was expected");
        MIM_TRY(node, value());
        skip_spaces();
        if (at_ < text_.size()) return wrong("nothing more was expected");
        return node;
    }

  private:
    using Kind = JsonNode::Kind;

    [[nodiscard]] Error wrong(std::string_view what) const {
        return {ErrorCode::invalid_input,
                "not Extended JSON: " + std::string(what) + ", at byte " + std::to_string(at_)};
    }
    // NUL behind the end, which JSON has nowhere.
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(char letter) {
        if (peek() != letter) return false;
        ++at_;
        return true;
    }
    void skip_spaces() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    Result<JsonNode> value() {
        switch (peek()) {
            case '{':
                return nested(Kind::object, '}');
            case '[':
                return nested(Kind::array, ']');
            case '"': {
                MIM_TRY(text, string());
                return JsonNode{Kind::string, {}, std::move(text), {}};
            }
            case 't':
                return word("true", Kind::true_);
            case 'f':
                return word("false", Kind::false_);
            case 'n':
                return word("null", Kind::null);
            default:
                return number();
        }
    }

    Result<JsonNode> word(std::string_view spelled, Kind kind) {
        if (text_.substr(at_, spelled.size()) != spelled) return wrong("a value was expected");
        at_ += spelled.size();
        return JsonNode{kind, {}, {}, {}};
    }

    Result<JsonNode> nested(Kind kind, char closing) {
        if (depth_ >= deepest_read)
            return wrong("not more than " + std::to_string(deepest_read) + " levels were expected");
        ++at_;
        ++depth_;
        JsonNode node{kind, {}, {}, {}};
        skip_spaces();
        if (!take(closing)) MIM_CHECK(children(node, closing));
        --depth_;
        return node;
    }

    Done children(JsonNode& node, char closing) {
        for (;;) {
            skip_spaces();
            MIM_TRY(child, node.is(Kind::object) ? member() : value());
            node.children.push_back(std::move(child));
            skip_spaces();
            if (take(closing)) return {};
            if (!take(',')) return wrong(std::string("a comma or ") + closing + " was expected");
        }
    }

    Result<JsonNode> member() {
        if (peek() != '"') return wrong("a name in quotation marks was expected");
        MIM_TRY(name, string());
        if (name.find('\0') != std::string::npos) return wrong("a name without a zero byte was expected");
        skip_spaces();
        if (!take(':')) return wrong("a colon was expected");
        skip_spaces();
        MIM_TRY(node, value());
        node.name = std::move(name);
        return node;
    }

    Result<JsonNode> number() {
        const std::size_t start = at_;
        take('-');
        if (!ascii::is_digit(peek())) return wrong("a value was expected");
        if (!take('0')) skip_digits();
        if (take('.')) MIM_CHECK(digits());
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            MIM_CHECK(digits());
        }
        return JsonNode{Kind::number, {}, std::string(text_.substr(start, at_ - start)), {}};
    }
    void skip_digits() {
        while (ascii::is_digit(peek())) ++at_;
    }
    Done digits() {
        if (!ascii::is_digit(peek())) return wrong("a digit was expected");
        skip_digits();
        return {};
    }

    Result<std::string> string() {
        std::string out;
        for (++at_;;) {
            const std::size_t end = std::min(
                static_cast<std::size_t>(std::find_if(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                      text_.end(), ends_plain_text) -
                                         text_.begin()),
                text_.size());
            out += text_.substr(at_, end - at_);
            at_ = end;
            if (take('"')) break;
            if (!take('\\')) return wrong("the rest of a text was expected, and no control character");
            MIM_CHECK(escape(out));
        }
        if (!is_utf8(out)) return wrong("a text in UTF-8 was expected");
        return out;
    }
    static bool ends_plain_text(char letter) {
        return letter == '"' || letter == '\\' || static_cast<unsigned char>(letter) < 0x20;
    }

    Done escape(std::string& out) {
        constexpr std::string_view names = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        if (take('u')) return unicode(out);
        const auto which = names.find(peek());
        if (at_ >= text_.size() || which == std::string_view::npos) return wrong("an escape was expected");
        ++at_;
        out += meanings[which];
        return {};
    }
    // Letters beyond U+FFFF are written as two halves.
    Done unicode(std::string& out) {
        auto letter = hex4();
        if (letter && *letter >= 0xD800 && *letter < 0xDC00) {
            const auto second = take('\\') && take('u') ? hex4() : std::nullopt;
            const bool is_low_half = second && *second >= 0xDC00 && *second < 0xE000;
            letter = is_low_half ? std::optional(0x10000 + ((*letter - 0xD800) << 10) + (*second - 0xDC00))
                                 : std::nullopt;
        } else if (letter && *letter >= 0xDC00 && *letter < 0xE000) {
            letter.reset();
        }
        if (!letter) return wrong("a letter of Unicode was expected");
        append_utf8(out, *letter);
        return {};
    }
    std::optional<std::uint32_t> hex4() {
        const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
        std::uint32_t code = 0;
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (digits.size() < 4 || failure != std::errc{} || end != digits.data() + 4) return std::nullopt;
        at_ += 4;
        return code;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

Result<JsonNode> read_json_tree(std::string_view text) {
    return Reader(text).whole();
}

}  // namespace mim::bson
