#include "pretty_json.hpp"

#include <cmath>

#include "bson/json.hpp"

namespace mim::index::testing {
namespace {

constexpr std::size_t widest_line = 110;

bool reads_back_plain(const bson::ValueView& value) {
    if (value.type() == bson::Type::int32) return true;
    const auto number = value.type() == bson::Type::double_ ? value.number() : std::nullopt;
    return number && std::isfinite(*number) && std::trunc(*number) != *number;
}

std::string render(const bson::ValueView& value, std::size_t indent);

std::string render_fields(bson::DocumentView document, bool with_names, const std::string& separator,
                          std::size_t indent) {
    std::string text;
    for (const auto field : document) {
        if (!text.empty()) text += separator;
        if (with_names) text += bson::to_json(bson::Value::string(field.key()).view()) + ": ";
        text += render(field, indent);
    }
    return text;
}

std::string render(bson::DocumentView document, bool is_array, std::size_t indent) {
    const char open = is_array ? '[' : '{', close = is_array ? ']' : '}';
    const std::string line = open + render_fields(document, !is_array, ", ", indent) + close;
    if (line.find('\n') == std::string::npos && line.size() + indent <= widest_line) return line;
    const std::string deeper = "\n" + std::string(indent + 2, ' ');
    return open + deeper + render_fields(document, !is_array, "," + deeper, indent + 2) + "\n" +
           std::string(indent, ' ') + close;
}

std::string render(const bson::ValueView& value, std::size_t indent) {
    if (const auto nested = value.document()) {
        return render(*nested, value.type() == bson::Type::array, indent);
    }
    const auto form = reads_back_plain(value) ? bson::JsonForm::relaxed : bson::JsonForm::canonical;
    return bson::to_json(value, form);
}

}  // namespace

std::string pretty_json(bson::DocumentView document) {
    return render(document, false, 0) + "\n";
}

}  // namespace mim::index::testing
