#include "index/definition/readability.hpp"

#include "bson/structure.hpp"
#include "bson/text_forms.hpp"

namespace mim::index {
namespace {

using Fault = std::optional<std::string>;

Fault fault_of_name(bson::DocumentView listed) {
    const auto value = listed.find("name");
    const auto name = value ? value->string() : std::nullopt;
    if (!name) return "it has no name";
    if (auto fault = why_unreadable_name(*name)) return "its name " + *fault;
    // To MongoDB this is every index of the collection.
    if (*name == "*") return "its name is *";
    return std::nullopt;
}

Fault fault_of_key(bson::DocumentView listed) {
    const auto value = listed.find("key");
    const bool is_document = value && value->type() == bson::Type::document;
    if (!is_document || value->document()->empty()) return "it has no key";
    return std::nullopt;
}

}  // namespace

Fault why_unreadable_name(std::string_view name) {
    if (name.empty()) return "is empty";
    if (name.size() > longest_live_name)
        return "has " + std::to_string(name.size()) + " bytes, where at most " +
               std::to_string(longest_live_name) + " are read";
    if (!bson::is_utf8(name)) return "is not UTF-8";
    if (name.find('\0') != std::string_view::npos) return "holds a zero byte";
    return std::nullopt;
}

Fault why_unreadable(bson::DocumentView listed) {
    if (auto fault = fault_of_name(listed)) return fault;
    if (auto fault = fault_of_key(listed)) return fault;
    const auto bytes = listed.bytes();
    if (bytes.size() > largest_live_spec)
        return "it has " + std::to_string(bytes.size()) + " bytes, where at most " +
               std::to_string(largest_live_spec) + " are read";
    if (bson::structure_fault(bytes, deepest_live_spec))
        return "it is nested deeper than " + std::to_string(deepest_live_spec) + " levels";
    // As the stores judge it when they read it back.
    if (bson::structure_fault(bytes, deepest_live_spec, bson::Texts::utf8))
        return "a field name or a text in it is not UTF-8";
    return std::nullopt;
}

}  // namespace mim::index
