#include "index/plan/duplicates.hpp"

#include <algorithm>

#include "index/definition/key_type.hpp"

namespace mim::index {
namespace {

bool option_is_true(bson::DocumentView document, std::string_view option) {
    const auto value = document.find(option);
    return value && value->truthy();
}

bool has_dollar_component(std::string_view path) {
    return path.starts_with('$') || path.find(".$") != std::string_view::npos;
}

}  // namespace

std::string_view to_string(DuplicateReport::Verdict verdict) {
    switch (verdict) {
        case DuplicateReport::Verdict::none:
            return "none";
        case DuplicateReport::Verdict::found:
            return "found";
        case DuplicateReport::Verdict::not_checked:
            return "not_checked";
    }
    return "not_checked";
}

DuplicateReport not_checked(std::string reason) {
    return {.verdict = DuplicateReport::Verdict::not_checked, .reason = std::move(reason)};
}

bool becomes_unique(const Operation& operation) {
    if (operation.action == Action::create)
        return option_is_true(operation.spec.options, "unique") && !operation.spec.is_id_index();
    return operation.action == Action::modify &&
           std::any_of(operation.changes.begin(), operation.changes.end(),
                       [](const bson::Document& change) { return option_is_true(change, "unique"); });
}

std::optional<std::string> why_duplicates_cannot_be_told(const Spec& spec) {
    const KeyType type = key_type(spec.key);
    if (type != KeyType::btree)
        return "the keys of a " + std::string(to_string(type)) + " index are known to MongoDB alone";
    for (const bson::ValueView field : spec.key) {
        if (has_dollar_component(field.key()))
            return "an aggregation cannot read the field " + std::string(field.key()) +
                   ", because a part of its name begins with $";
    }
    return std::nullopt;
}

}  // namespace mim::index
