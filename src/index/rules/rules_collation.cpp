#include "index/definition/collation.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int no_such_key = 4;

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

Verdict check_strength(const bson::ValueView& value, const RuleContext& context) {
    if (!value.is_number()) return wrong_type(collation_field("strength"), "a number", value);
    const auto strength = value.integer();
    if (strength && *strength >= 1 && *strength <= 5) return std::nullopt;
    return refuse(code_since_5_0(context, server_code::bad_value, server_code::failed_to_parse),
                  collation_field("strength"), "'strength' must be 1 to 5: leave it out for 3.");
}

Verdict check_version(const bson::ValueView& value) {
    if (!value.string()) return wrong_type(collation_field("version"), "a string", value);
    if (*value.string() == collation_version) return std::nullopt;
    return refuse(server_code::incompatible_collation_version, collation_field("version"),
                  "The server has collation version 57.1 only: leave 'version' out.");
}

Verdict check_setting(const bson::ValueView& value, const RuleContext& context) {
    const auto field = value.key();
    if (field == "locale") return std::nullopt;
    if (field == "strength") return check_strength(value, context);
    if (field == "version") return check_version(value);
    for (const auto& choice : choices) {
        if (choice.field == field) return check_choice(value, choice, context);
    }
    for (const auto flag : flags) {
        if (flag == field && !value.boolean())
            return wrong_type(collation_field(flag), "true or false", value);
        if (flag == field) return std::nullopt;
    }
    return refuse(code_since_5_0(context, server_code::unknown_field, server_code::failed_to_parse),
                  collation_field(field),
                  in_quotes(field) + " is not a field of a collation: check the spelling, or leave it out.");
}

Verdict check_locale(bson::DocumentView collation, const RuleContext& context) {
    const auto locale = collation.find("locale");
    if (!locale) {
        return refuse(code_since_5_0(context, server_code::missing_field, no_such_key),
                      collation_field("locale"), "A collation needs a 'locale': add one, such as \"en\".");
    }
    const auto name = locale->string();
    if (!name) return wrong_type(collation_field("locale"), "a string", *locale);
    if (*name == "simple" && collation.size() > 1) {
        return refuse(server_code::failed_to_parse, collation_field("locale"),
                      "The locale 'simple' takes no other fields: leave them out.");
    }
    if (*name == "simple" || is_known_locale(*name)) return std::nullopt;
    const auto parent = name->substr(0, name->find_first_of("_-@"));
    const std::string hint = is_known_locale(parent) ? "did you mean '" + std::string(parent) + "'?"
                                                     : "use a locale of MongoDB's list, such as \"en\".";
    return refuse(server_code::bad_value, collation_field("locale"),
                  "MongoDB has no locale " + in_quotes(*name) + ": " + hint);
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
    if (auto verdict = check_locale(collation, context)) return verdict;
    for (const auto value : collation) {
        if (auto verdict = check_setting(value, context)) return verdict;
    }
    const auto meaning = written_collation(collation);
    return meaning ? check_combination(*meaning) : std::nullopt;
}

Verdict check_collation(const Candidate& candidate) {
    if (const auto own = candidate.option("collation")) {
        if (auto verdict = check_collation_document(*own->document(), candidate.context)) return verdict;
    }
    return check_index_takes_it(candidate);
}

}  // namespace mim::index
