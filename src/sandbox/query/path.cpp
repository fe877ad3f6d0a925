#include "sandbox/query/path.hpp"

#include "base/ascii.hpp"
#include "bson/elements.hpp"

namespace mim::sandbox::query {
namespace {

void finish(const bson::ValueView& value, Reached& into) {
    into.values.push_back(value);
    if (value.type() != bson::Type::array) return;
    for (const auto element : bson::elements(value)) into.elements.push_back(element);
}

void walk(bson::DocumentView document, std::string_view path, Reached& into);

void walk_array(bson::DocumentView array, std::string_view path, Reached& into) {
    if (ascii::is_digits(split_path(path).first)) walk(array, path, into);
    for (const auto element : array) {
        if (element.type() == bson::Type::document) walk(*element.document(), path, into);
    }
}

void walk(bson::DocumentView document, std::string_view path, Reached& into) {
    const auto [name, rest] = split_path(path);
    const auto value = document.find(name);
    if (!value) {
        into.missing = true;
    } else if (rest.empty()) {
        finish(*value, into);
    } else if (value->type() == bson::Type::document) {
        walk(*value->document(), rest, into);
    } else if (value->type() == bson::Type::array) {
        walk_array(*value->document(), rest, into);
    } else {
        into.missing = true;
    }
}

}  // namespace

std::pair<std::string_view, std::string_view> split_path(std::string_view path) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

std::optional<bson::ValueView> value_at(bson::DocumentView document, std::string_view path) {
    auto [name, rest] = split_path(path);
    auto value = document.find(name);
    while (value && !rest.empty()) {
        const auto inner = value->document();
        if (!inner) return std::nullopt;
        std::tie(name, rest) = split_path(rest);
        value = inner->find(name);
    }
    return value;
}

Reached reach(bson::DocumentView document, std::string_view path) {
    Reached reached;
    walk(document, path, reached);
    return reached;
}

}  // namespace mim::sandbox::query
