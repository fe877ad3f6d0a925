#include "index/definition/collation.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int no_such_key = 4;
constexpr int out_of_range_5_0 = 51024;
constexpr std::int64_t strongest = 5;

struct Choice {
    std::string_view field;
    std::string_view allowed;  // between commas
};
constexpr Choice choices[]{{"caseFirst", ",upper,lower,off,"},
                           {"alternate", ",non-ignorable,shifted,"},
                           {"maxVariable", ",punct,space,"}};
constexpr std::string_view flags[]{"caseLevel", "numericOrdering", "normalization", "backwards"};

std::string collation_field(std::string_view field) {
    return "collation." + std::string(field);
}

// Since 5.0 the server's generated parser reads the collation, with codes of its own.
int code_since_5_0(const RuleContext& context, int new_code, int old_code) {
    return context.version >= version_5_0 ? new_code : old_code;
}

Verdict check_choice(const bson::ValueView& value, const Choice& choice, const RuleContext& context) {
    const auto text = value.string();
    if (!text) return wrong_type(collation_field(choice.field), "a string", value);
    if (choice.allowed.find("," + std::string(*text) + ",") != std::string_view::npos) return std::nullopt;
    const auto listed = choice.allowed.substr(1, choice.allowed.size() - 2);
    return refuse(code_since_5_0(context, server_code::bad_value, server_code::failed_to_parse),
                  collation_field(choice.field),
                  in_quotes(*text) + " is not possible for '" + std::string(choice.field) + "': use one of " +
                      std::string(listed) + ".");
}

// MongoDB 5.0 told a number that is out of range from one that means nothing.
int code_of_strength(const RuleContext& context, std::int64_t strength) {
    const bool is_5_0 = context.version >= version_5_0 && context.version < version_6_0;
    if (is_5_0 && (strength < 0 || strength > strongest)) return out_of_range_5_0;
    return code_since_5_0(context, server_code::bad_value, server_code::failed_to_parse);
}

Verdict check_strength(const bson::ValueView& value, const RuleContext& context) {
    const auto strength = read_strength(value);
    if (!strength) return wrong_type(collation_field("strength"), "a number", value);
    if (*strength >= 1 && *strength <= strongest) return std::nullopt;
    return refuse(code_of_strength(context, *strength), collation_field("strength"),
                  "'strength' must be 1 to 5: leave it out for 3.");
}

Verdict check_is_text(const bson::ValueView& value) {
    if (value.string()) return std::nullopt;
    return wrong_type(collation_field(value.key()), "a string", value);
}

// One member by itself, whatever the others say.
Verdict check_member(const bson::ValueView& value, const RuleContext& context) {
    const auto field = value.key();
    // Null is as good as absent, but for `backwards`.
    const bool is_absent = value.type() == bson::Type::null && field != "backwards";
    if (field == "locale" || field == "version") return is_absent ? std::nullopt : check_is_text(value);
    if (field == "strength") return is_absent ? std::nullopt : check_strength(value, context);
    for (const auto& choice : choices) {
        if (choice.field == field) return is_absent ? std::nullopt : check_choice(value, choice, context);
    }
    for (const auto flag : flags) {
        if (flag == field && !value.boolean() && !is_absent)
            return wrong_type(collation_field(flag), "true or false", value);
        if (flag == field) return std::nullopt;
    }
    return refuse(code_since_5_0(context, server_code::unknown_field, server_code::failed_to_parse),
                  collation_field(field),
                  in_quotes(field) + " is not a field of a collation: check the spelling, or leave it out.");
}

std::string hint_for(std::string_view locale) {
    for (const auto parent : {without_variant(locale), locale.substr(0, locale.find_first_of("_-@"))}) {
        if (is_known_locale(parent)) return "did you mean '" + std::string(parent) + "'?";
    }
    return "use a locale of MongoDB's list, such as \"en\".";
}

Verdict check_locale(bson::DocumentView collation, const RuleContext& context) {
    const auto locale = collation.find("locale");
    const auto name = locale ? locale->string() : std::nullopt;
    if (!name) {
        return refuse(code_since_5_0(context, server_code::missing_field, no_such_key),
                      collation_field("locale"), "A collation needs a 'locale': add one, such as \"en\".");
    }
    if (*name == "simple" && collation.size() > 1 && context.version >= version_6_0) {
        return refuse(server_code::failed_to_parse, collation_field("locale"),
                      "The locale 'simple' takes no other fields from MongoDB 6.0 on: leave them out.");
    }
    if (*name == "simple" || is_known_locale(*name)) return std::nullopt;
    return refuse(server_code::bad_value, collation_field("locale"),
                  "MongoDB has no locale " + in_quotes(*name) + ": " + hint_for(*name));
}

Verdict check_version(bson::DocumentView collation) {
    if (!is_of_another_icu(collation)) return std::nullopt;
    return refuse(server_code::incompatible_collation_version, collation_field("version"),
                  "The server has collation version 57.1 only: leave 'version' out.");
}

// Options that would have no effect together. Source: collator_factory_icu.cpp (validateCollationSpec).
Verdict check_combination(const Collation& collation) {
    if (collation.backwards && collation.strength == 1) {
        return refuse(server_code::bad_value, collation_field("backwards"),
                      "'backwards' has no effect with strength 1: use strength 2 or more, or leave it out.");
    }
    if (collation.case_first != "off" && !collation.case_level && collation.strength < 3) {
        return refuse(server_code::bad_value, collation_field("caseFirst"),
                      "'caseFirst' needs 'caseLevel' or a strength of 3 or more: set one of them.");
    }
    return std::nullopt;
}

Verdict check_index_takes_it(const Candidate& candidate) {
    const bool takes_any = candidate.type != KeyType::text && candidate.type != KeyType::planar_2d;
    const auto own = candidate.option("collation");
    const auto version = candidate.option("v");
    if (own && version && version->integer() == 1) {
        return refuse("collation", "An index of version 1 cannot have a collation: leave 'v' out.");
    }
    if (takes_any) return std::nullopt;
    const bool collated = own ? written_collation(*own->document()).has_value()
                              : candidate.context.collection.default_collation().has_value() &&
                                    !(version && version->integer() == 1);
    if (!collated) return std::nullopt;
    return refuse("collation",
                  "A " + std::string(to_string(candidate.type)) +
                      " index compares without a collation: write collation {locale: \"simple\"}.");
}

}  // namespace

Verdict check_collation_document(bson::DocumentView collation, const RuleContext& context) {
    if (collation.empty()) {
        return refuse(server_code::bad_value, "collation",
                      "'collation' is empty: give a 'locale', or leave it out.");
    }
    // The server reads all of it before it asks ICU for the locale.
    for (const auto value : collation) {
        if (auto verdict = check_member(value, context)) return verdict;
    }
    if (auto verdict = check_locale(collation, context)) return verdict;
    const auto meaning = written_collation(collation);
    if (!meaning) return std::nullopt;
    if (auto verdict = check_version(collation)) return verdict;
    return check_combination(*meaning);
}

Verdict check_collation(const Candidate& candidate) {
    if (const auto own = candidate.option("collation")) {
        if (auto verdict = check_collation_document(*own->document(), candidate.context)) return verdict;
    }
    return check_index_takes_it(candidate);
}

}  // namespace mim::index
