#include "index/definition/collation.hpp"

#include "bson/builder.hpp"
#include "index/definition/canonical_value.hpp"
#include "index/definition/stored_form.hpp"
#include "index/definition/whole_number.hpp"

namespace mim::index {
namespace {

void read(std::string& into, const std::optional<bson::ValueView>& value) {
    if (!value) return;
    if (const auto text = value->string()) into = *text;
}
void read(bool& into, const std::optional<bson::ValueView>& value) {
    if (!value) return;
    into = value->boolean().value_or(into);
}
void read(std::int64_t& into, const std::optional<bson::ValueView>& value) {
    if (!value) return;
    into = read_strength(*value).value_or(into);
}

void add_flag(std::string& text, std::string_view name, bool on) {
    if (on) text.append(",\"").append(name).append("\":true");
}

void add_choice(std::string& text, std::string_view name, const std::string& chosen,
                const std::string& usual) {
    if (chosen == usual) return;
    text.append(",\"").append(name).append("\":");
    append_quoted(text, chosen);
}

}  // namespace

std::optional<std::int64_t> read_strength(const bson::ValueView& value) {
    if (!value.is_number()) return std::nullopt;
    return whole_number(value);
}

bool is_of_another_icu(bson::DocumentView written) {
    const auto version = written.find("version");
    const auto text = version ? version->string() : std::nullopt;
    return text && *text != collation_version;
}

std::optional<Collation> written_collation(bson::DocumentView written) {
    const auto found = written.find("locale");
    const auto locale = found ? found->string() : std::nullopt;
    if (!locale || *locale == "simple") return std::nullopt;
    const auto defaults = is_of_another_icu(written) ? std::nullopt : collation_defaults(*locale);
    Collation collation = defaults.value_or(Collation{});
    collation.locale = *locale;
    read(collation.case_level, written.find("caseLevel"));
    read(collation.case_first, written.find("caseFirst"));
    read(collation.strength, written.find("strength"));
    read(collation.numeric_ordering, written.find("numericOrdering"));
    read(collation.alternate, written.find("alternate"));
    read(collation.max_variable, written.find("maxVariable"));
    read(collation.normalization, written.find("normalization"));
    read(collation.backwards, written.find("backwards"));
    return collation;
}

std::optional<Collation> effective_collation(const Spec& spec, const RuleContext& context) {
    const auto own = spec.options.find("collation");
    if (own && own->document()) return written_collation(*own->document());
    if (spec.options.contains("v")) return std::nullopt;
    const auto inherited = context.collection.default_collation();
    return inherited ? written_collation(*inherited) : std::nullopt;
}

bson::Document collation_document(const Collation& collation) {
    bson::Builder builder;
    builder.add("locale", collation.locale)
        .add("caseLevel", collation.case_level)
        .add("caseFirst", collation.case_first)
        .add("strength", static_cast<std::int32_t>(collation.strength))
        .add("numericOrdering", collation.numeric_ordering)
        .add("alternate", collation.alternate)
        .add("maxVariable", collation.max_variable)
        .add("normalization", collation.normalization)
        .add("backwards", collation.backwards)
        .add("version", collation_version);
    return builder.take();
}

std::string collation_text(const std::optional<Collation>& collation) {
    if (!collation) return {};
    const Collation usual;
    std::string text = "{\"locale\":";
    append_quoted(text, collation->locale);
    add_flag(text, "caseLevel", collation->case_level);
    add_choice(text, "caseFirst", collation->case_first, usual.case_first);
    if (collation->strength != usual.strength) text += ",\"strength\":" + std::to_string(collation->strength);
    add_flag(text, "numericOrdering", collation->numeric_ordering);
    add_choice(text, "alternate", collation->alternate, usual.alternate);
    add_choice(text, "maxVariable", collation->max_variable, usual.max_variable);
    add_flag(text, "normalization", collation->normalization);
    add_flag(text, "backwards", collation->backwards);
    text += '}';
    return text;
}

bson::Document expand_collation(bson::DocumentView collation) {
    const auto meaning = written_collation(collation);
    return meaning ? collation_document(*meaning) : bson::Document(collation);
}

}  // namespace mim::index
