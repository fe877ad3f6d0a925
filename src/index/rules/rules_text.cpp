#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "index/definition/key_pattern.hpp"
#include "index/definition/text_form.hpp"
#include "index/definition/whole_number.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr std::int32_t smallest_weight = 1;
constexpr std::int32_t largest_weight = 99999;

// Source: mongo src/mongo/db/fts/fts_language.cpp: names and their two-letter forms.
constexpr std::array<std::string_view, 31> languages{
    "none", "danish",    "da", "dutch",      "nl", "english",   "en", "finnish",
    "fi",   "french",    "fr", "german",     "de", "hungarian", "hu", "italian",
    "it",   "norwegian", "nb", "portuguese", "pt", "romanian",  "ro", "russian",
    "ru",   "spanish",   "es", "swedish",    "sv", "turkish",   "tr"};

bool is_language(std::string_view text) {
    return std::find(languages.begin(), languages.end(), ascii::lower(text)) != languages.end();
}

Verdict check_stored_pair(const Candidate& candidate) {
    bool after_fts = false;
    for (const auto field : candidate.key) {
        const bool is_ftsx = field.key() == "_ftsx";
        if (after_fts != is_ftsx || (is_ftsx && field.integer() != 1)) {
            return refuse(
                "key._ftsx",
                "'_fts' must be followed by '_ftsx: 1', and only there: or name the text fields themselves.");
        }
        after_fts = field.key() == "_fts";
        if (!after_fts && field.string()) {
            return refuse(key_field(field.key()),
                          "Beside '_fts' no other text field can stand: name it in 'weights'.");
        }
    }
    if (after_fts) return refuse("key._ftsx", "'_fts' must be followed by '_ftsx: 1'.");
    if (stored_weights(candidate.key, candidate.option("weights")).empty()) {
        return refuse("weights", "With '_fts' in the key, 'weights' must name the text fields: add it.");
    }
    return std::nullopt;
}

Verdict check_declared_fields(const Candidate& candidate) {
    bool seen = false, ended = false;
    for (const auto field : candidate.key) {
        if (field.key() == "_ftsx")
            return refuse(key_field("_ftsx"),
                          "'_ftsx' is MongoDB's own name in text indexes: rename the field.");
        if (field.string() && ended) {
            return refuse(key_field(field.key()), "Text fields must stand side by side in the key: move " +
                                                      in_quotes(field.key()) + " to the others.");
        }
        seen = seen || field.string();
        ended = seen && !field.string();
    }
    return std::nullopt;
}

// As the server reads them: 1.5 is as good as 1.
Verdict check_directions(const Candidate& candidate) {
    for (const auto field : candidate.key) {
        const auto direction = whole_number(field);
        if (field.string() || direction == 1 || direction == -1) continue;
        return refuse(key_field(field.key()), "Beside text fields a key value must be 1 or -1: change " +
                                                  in_quotes(field.key()) + ".");
    }
    return std::nullopt;
}

Verdict check_weight_field(std::string_view field) {
    if (field == "$**") return std::nullopt;
    for (const auto part : path_parts(field)) {
        if (!part.empty() && part[0] != '$') continue;
        return refuse("weights." + std::string(field),
                      "A weighted field is a path without empty parts and without '$': correct " +
                          in_quotes(field) + ".");
    }
    return std::nullopt;
}

Verdict check_weights(const Candidate& candidate) {
    const auto weights = candidate.option("weights");
    const bool of_another_form =
        weights && weights->type() != bson::Type::document && weights->string() != "$**";
    if (of_another_form) {
        return refuse("weights", "'weights' is an object such as {title: 10}, or the string \"$**\".");
    }
    if (const auto given = weights ? weights->document() : std::nullopt) {
        for (const auto weight : *given) {
            if (!weight.is_number()) {
                return refuse("weights." + std::string(weight.key()),
                              "A weight must be a number from 1 to 99999.");
            }
        }
    }
    const auto merged = stored_weights(candidate.key, weights);
    for (const auto weight : merged) {
        if (auto verdict = check_weight_field(weight.key())) return verdict;
        const auto value = weight.integer().value_or(0);
        if (value < smallest_weight || value > largest_weight) {
            return refuse("weights." + std::string(weight.key()),
                          "A weight must be a number from 1 to 99999.");
        }
    }
    return std::nullopt;
}

Verdict check_languages(const Candidate& candidate) {
    const auto language = candidate.option("default_language");
    if (language && !is_language(*language->string())) {
        return refuse("default_language",
                      in_quotes(*language->string()) +
                          " is not a text search language: use one such as \"english\", or \"none\".");
    }
    const auto override = candidate.option("language_override");
    const auto field = override ? *override->string() : usual_language_override;
    if (field.empty() || field[0] == '$' || field.find('.') != std::string_view::npos) {
        return refuse("language_override",
                      "'language_override' names a top-level field: no dot, no leading '$', not empty.");
    }
    return std::nullopt;
}

Verdict check_version(const Candidate& candidate) {
    const auto version = candidate.option("textIndexVersion");
    if (!version) return std::nullopt;
    const int newest = candidate.since(version_8_3) ? 4 : 3;
    const auto number = version->integer();
    if (number && *number >= 1 && *number <= newest) return std::nullopt;
    return refuse("textIndexVersion", "This server has text index versions up to " + std::to_string(newest) +
                                          ": leave it out for the usual one.");
}

}  // namespace

Verdict check_text(const Candidate& candidate) {
    if (candidate.type != KeyType::text) {
        if (!candidate.option("weights")) return std::nullopt;
        return refuse("weights", "'weights' is for text indexes only: leave it out.");
    }
    const auto fields = in_stored_text_form(candidate.key) ? &check_stored_pair : &check_declared_fields;
    for (const auto rule : {fields, &check_directions, &check_weights, &check_languages, &check_version}) {
        if (auto verdict = rule(candidate)) return verdict;
    }
    return std::nullopt;
}

}  // namespace mim::index
