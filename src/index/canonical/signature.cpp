#include "index/canonical/signature.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.hpp"
#include "index/definition/canonical_value.hpp"
#include "index/definition/index_option.hpp"

namespace mim::index {
namespace {

constexpr std::array<std::string_view, 4> plain_words{"text", "2d", "2dsphere", "hashed"};
// What a key value can look like, besides a number.
constexpr std::array<std::string_view, 9> value_words{"text",     "2d",   "2dsphere", "hashed", "NaN",
                                                      "Infinity", "true", "false",    "null"};

template <class List>
bool among(const List& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool plain_letter(char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return ascii::is_letter_or_digit(letter) || letter == '_' || letter == '.' || letter == '$' ||
           letter == '*' || letter == '-' || code >= 0x80;
}

bool looks_like_value(std::string_view piece) {
    if (piece.empty()) return false;
    const bool number = ascii::is_digit(piece[0]) || piece[0] == '-';
    return number || among(value_words, piece);
}

// Between underscores, a piece of the name after the first must not look like the value that ends a field.
bool stands_plain(std::string_view name) {
    if (name.empty() || !std::all_of(name.begin(), name.end(), plain_letter)) return false;
    for (auto from = name.find('_'); from != std::string_view::npos;) {
        const auto next = name.find('_', from + 1);
        if (looks_like_value(name.substr(from + 1, next - from - 1))) return false;
        from = next;
    }
    return true;
}

std::vector<const IndexOption*> options_of_identity() {
    std::vector<const IndexOption*> options;
    for (const IndexOption& option : index_options()) {
        if (option.identity) options.push_back(&option);
    }
    std::ranges::sort(options, {}, [](const IndexOption* option) { return option->identity->position; });
    return options;
}

}  // namespace

void append_key(std::string& text, bson::DocumentView key) {
    bool first = true;
    for (const auto field : key) {
        if (!first) text += '_';
        first = false;
        if (stands_plain(field.key())) {
            text += field.key();
        } else {
            append_quoted(text, field.key());
        }
        text += '_';
        const auto word = field.string();
        if (word && among(plain_words, *word)) {
            text += *word;
        } else {
            append_value(text, field);
        }
    }
}

std::string signature_of(const Canonical& canonical, ServerVersion version) {
    static const std::vector<const IndexOption*> told_apart_by = options_of_identity();
    std::string text = canonical.key_text;
    if (canonical.options.empty()) return text;
    for (const IndexOption* const option : told_apart_by) {
        const auto found = canonical.options.find(std::string(option->name));
        if (found == canonical.options.end() || version < option->identity->since) continue;
        text += option->identity->label;
        if (!is_flag(option->kind)) text += found->second.text;
    }
    return text;
}

}  // namespace mim::index
