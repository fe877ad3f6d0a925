#include "index/canonical/canonical_options.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/contains.hpp"
#include "index/definition/canonical_value.hpp"
#include "index/definition/collation.hpp"
#include "index/definition/projection.hpp"
#include "index/definition/text_form.hpp"

namespace mim::index {
namespace {

using Options = std::map<std::string, CanonicalOption>;

constexpr std::array<std::string_view, 5> ignored{"v", "ns", "background", "dropDups", "originalSpec"};
constexpr std::array<std::string_view, 5> flags{"unique", "sparse", "hidden", "prepareUnique", "clustered"};

std::string value_text(const bson::ValueView& value) {
    std::string text;
    append_value(text, value);
    return text;
}

// As the server lists it: whole seconds, and what an old catalog holds beyond them as "never".
std::string seconds_text(const bson::ValueView& value) {
    const auto seconds = value.number();
    if (!seconds) return value_text(value);
    constexpr auto never = std::numeric_limits<std::int32_t>::max();
    if (!(*seconds <= never)) return std::to_string(never);
    if (*seconds < std::numeric_limits<std::int32_t>::min()) return value_text(value);
    return std::to_string(static_cast<std::int32_t>(*seconds));
}

std::string document_text(const bson::ValueView& value, std::string (*text)(bson::DocumentView)) {
    return value.type() == bson::Type::document ? text(*value.document()) : value_text(value);
}

bool usual_for_text(const bson::ValueView& value) {
    if (value.key() == "default_language") return value.string() == usual_language;
    if (value.key() == "language_override") return value.string() == usual_language_override;
    return value.key() == "weights";  // written out by add_weights
}

// The option's text; none when the option says nothing.
std::optional<std::string> option_text(const bson::ValueView& value, KeyType type) {
    const auto name = value.key();
    if (contains(flags, name)) return value.truthy() ? std::optional<std::string>("true") : std::nullopt;
    if (contains(ignored, name) || name == "collation") return std::nullopt;
    if (name == "expireAfterSeconds") return seconds_text(value);
    if (name == "partialFilterExpression") return document_text(value, filter_text);
    if (name == "wildcardProjection") return document_text(value, projection_text);
    if (is_index_version_option(name) && value.integer() == usual_text_version) return std::nullopt;
    if (type == KeyType::text && usual_for_text(value)) return std::nullopt;
    return value_text(value);
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
    return option == "textIndexVersion" || option == "2dsphereIndexVersion";
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
