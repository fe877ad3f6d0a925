#include "index/canonical/canonical_options.hpp"

#include <cmath>
#include <limits>

#include "index/definition/canonical_value.hpp"
#include "index/definition/collation.hpp"
#include "index/definition/index_option.hpp"
#include "index/definition/legacy_form.hpp"
#include "index/definition/projection.hpp"
#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

using Options = std::map<std::string, CanonicalOption>;

std::string value_text(const bson::ValueView& value) {
    std::string text;
    append_value(text, value);
    return text;
}

// As the server lists it: whole seconds, and what an old catalog holds beyond them as "never". NaN is no
// lifetime: what a server does by it differs from version to version.
std::string seconds_text(const bson::ValueView& value) {
    const auto seconds = value.number();
    if (!seconds) return value_text(value);
    if (std::isnan(*seconds)) return "NaN";
    constexpr auto never = std::numeric_limits<std::int32_t>::max();
    if (!(*seconds <= never)) return std::to_string(never);
    if (*seconds < std::numeric_limits<std::int32_t>::min()) return value_text(value);
    return std::to_string(static_cast<std::int32_t>(*seconds));
}

std::string document_text(const bson::ValueView& value, std::string (*text)(bson::DocumentView)) {
    return value.type() == bson::Type::document ? text(*value.document()) : value_text(value);
}

// In a text index its weights are written out, and what it leaves out is the usual.
bool says_the_usual(const IndexOption& option, const bson::ValueView& value, KeyType type) {
    if (option.kind == OptionKind::index_version) return value.integer() == option.usual_number;
    if (type != KeyType::text) return false;
    if (option.kind == OptionKind::weights) return true;
    return !option.usual_text.empty() && value.string() == option.usual_text;
}

// The option's text; none when the option says nothing.
std::optional<std::string> option_text(const bson::ValueView& value, KeyType type) {
    const IndexOption* const option = find_index_option(value.key());
    if (option == nullptr)
        return is_legacy_option(value.key()) ? std::nullopt : std::optional(value_text(value));
    if (option->compared != Compared::yes || says_the_usual(*option, value, type)) return std::nullopt;
    if (is_flag(option->kind)) return value.truthy() ? std::optional<std::string>("true") : std::nullopt;
    switch (option->kind) {
        case OptionKind::collation:
            return std::nullopt;  // written out by add_collation
        case OptionKind::seconds:
            return seconds_text(value);
        case OptionKind::filter:
            return document_text(value, filter_text);
        case OptionKind::projection:
            return document_text(value, projection_text);
        default:
            return value_text(value);
    }
}

void add_weights(const Spec& spec, Options& options) {
    const auto weights = stored_weights(spec.key, spec.options.find("weights"));
    std::string text;
    append_document(text, weights);
    options.insert_or_assign("weights", CanonicalOption{std::move(text), bson::Value::document(weights)});
}

void add_collation(const Spec& spec, const RuleContext& context, Options& options) {
    const auto collation = effective_collation(spec, context);
    if (!collation) return;
    const auto own = spec.options.find("collation");
    auto value = own ? bson::Value(*own) : bson::Value::document(collation_document(*collation));
    options.insert_or_assign("collation", CanonicalOption{collation_text(collation), std::move(value)});
}

}  // namespace

bool is_index_version_option(std::string_view option) {
    const IndexOption* const found = find_index_option(option);
    return found != nullptr && found->kind == OptionKind::index_version;
}

std::map<std::string, CanonicalOption> canonical_options(const Spec& spec, KeyType type,
                                                         const RuleContext& context) {
    Options options;
    for (const auto value : spec.options) {
        if (auto text = option_text(value, type)) {
            options.insert_or_assign(std::string(value.key()),
                                     CanonicalOption{std::move(*text), bson::Value(value)});
        }
    }
    if (type == KeyType::text) add_weights(spec, options);
    add_collation(spec, context, options);
    return options;
}

}  // namespace mim::index
