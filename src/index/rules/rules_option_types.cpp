#include "index/definition/index_option.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

// What a value must be; none when rules of its own judge it, or nobody does.
std::string_view wanted_type(OptionKind kind) {
    switch (kind) {
        case OptionKind::flag:
        case OptionKind::strict_flag:
            return "true or false";
        case OptionKind::whole:
        case OptionKind::index_version:
        case OptionKind::fraction:
            return "a number";
        case OptionKind::text:
            return "a string";
        case OptionKind::filter:
        case OptionKind::collation:
            return "an object";
        case OptionKind::weights:
            return "an object or the string \"$**\"";
        case OptionKind::unjudged_flag:
        case OptionKind::document:
        case OptionKind::seconds:
        case OptionKind::projection:
        case OptionKind::anything:
            break;
    }
    return {};
}

bool fits(const bson::ValueView& value, OptionKind kind) {
    switch (kind) {
        case OptionKind::flag:
            return value.boolean().has_value() || value.is_number();
        case OptionKind::strict_flag:
            return value.boolean().has_value();
        case OptionKind::whole:
        case OptionKind::index_version:
        case OptionKind::fraction:
            return value.is_number();
        case OptionKind::text:
            return value.string().has_value();
        case OptionKind::filter:
        case OptionKind::collation:
            return value.type() == bson::Type::document;
        case OptionKind::weights:
            // An array is refused by the rules of text indexes, which have a code of their own.
            return value.document() || value.string();
        case OptionKind::unjudged_flag:
        case OptionKind::document:
        case OptionKind::seconds:
        case OptionKind::projection:
        case OptionKind::anything:
            break;
    }
    return true;
}

}  // namespace

Verdict check_option_types(const Candidate& candidate) {
    for (const auto value : candidate.document) {
        const IndexOption* const option = find_index_option(value.key());
        if (option != nullptr && !fits(value, option->kind))
            return wrong_type(std::string(option->name), wanted_type(option->kind), value);
    }
    return std::nullopt;
}

}  // namespace mim::index
