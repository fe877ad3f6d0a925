#include <algorithm>
#include <cmath>

#include "index/definition/key_pattern.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr std::size_t max_key_bytes = 2048;
constexpr int too_many_fields = 13103;
constexpr int wildcard_word = 7246202;
constexpr std::string_view known_types = "text, 2d, 2dsphere or hashed";

// The strings that a user may write as the value of a field.
bool is_plugin(std::string_view text) {
    return text == "text" || text == "2d" || text == "2dsphere" || text == "hashed";
}

Verdict check_whole(const Candidate& candidate) {
    std::vector<std::string_view> seen;
    for (const auto field : candidate.key) {
        if (std::find(seen.begin(), seen.end(), field.key()) != seen.end()) {
            return refuse(
                server_code::bad_value, key_field(field.key()),
                "The field " + in_quotes(field.key()) + " appears twice in the key: keep one of the two.");
        }
        seen.push_back(field.key());
    }
    if (candidate.key.bytes().size() > max_key_bytes) {
        return refuse("key",
                      "The key pattern is larger than 2048 bytes: index fewer fields, or shorter names.");
    }
    if (seen.empty()) return refuse("key", "The key is empty: name at least one field, such as {a: 1}.");
    return std::nullopt;
}

Verdict check_type_word(std::string_view field, std::string_view word, const Candidate& candidate) {
    if (word == "columnstore" && candidate.since(version_7_0)) {
        return refuse(server_code::not_implemented, key_field(field),
                      "Columnstore indexes were never released: use a wildcard index.");
    }
    if (word == "geoHaystack") {
        return refuse(key_field(field),
                      "geoHaystack indexes were removed in MongoDB 5.0: use 2d or 2dsphere.");
    }
    if (word == "wildcard") {
        const bool other_field = candidate.since(version_7_0) && !is_wildcard_field(field);
        return refuse(other_field ? wildcard_word : server_code::cannot_create_index, key_field(field),
                      "'wildcard' is not a value: write {\"$**\": 1} for a wildcard index.");
    }
    if (!is_plugin(word)) {
        return refuse(key_field(field), in_quotes(word) + " is not a type of index: use 1, -1, " +
                                            std::string(known_types) + ".");
    }
    return std::nullopt;
}

Verdict check_value(const bson::ValueView& field, const Candidate& candidate) {
    if (const auto number = field.number()) {
        if (std::isnan(*number))
            return refuse(key_field(field.key()), "A key value cannot be NaN: use 1 or -1.");
        if (*number == 0.0) return refuse(key_field(field.key()), "A key value cannot be 0: use 1 or -1.");
        return std::nullopt;
    }
    const auto word = field.string();
    if (!word) {
        return refuse(key_field(field.key()),
                      "A key value of type " + std::string(bson::type_name(field.type())) +
                          " is not allowed: use 1, -1, " + std::string(known_types) + ".");
    }
    if (auto verdict = check_type_word(field.key(), *word, candidate)) return verdict;
    // A plugin that is not the first makes a second kind of index.
    if (*word != to_string(candidate.type)) {
        return refuse(key_field(field.key()), "An index has one special type only, this has " +
                                                  in_quotes(to_string(candidate.type)) + " and " +
                                                  in_quotes(*word) + ": make two indexes.");
    }
    return std::nullopt;
}

Verdict check_part(std::string_view part, bool first, bool last, const bson::ValueView& field, KeyType type) {
    if (part.empty()) {
        return refuse(key_field(field.key()), "The path " + in_quotes(field.key()) +
                                                  " has an empty part: name each part of the path.");
    }
    if (part[0] != '$') return std::nullopt;
    const bool of_reference = !first && (part == "$id" || part == "$ref" || part == "$db");
    const bool of_wildcard = last && part == "$**" && type == KeyType::wildcard;
    if (of_reference || of_wildcard) return std::nullopt;
    return refuse(key_field(field.key()),
                  "The path " + in_quotes(field.key()) +
                      " has a part that starts with '$': only $**, and $id, $ref and $db below the "
                      "top level are allowed.");
}

// MongoDB 5.0 takes $** behind a field of a special type, and as no wildcard. Executed on 5.0.0; later ones
// refuse it, and what older ones do is not sourced.
bool may_follow_a_special_type(const Candidate& candidate) {
    for (const auto field : candidate.key) {
        if (field.key() == "$**") return false;
        if (field.string()) return candidate.since(version_5_0) && !candidate.since(version_5_1);
    }
    return false;
}

Verdict check_path(const bson::ValueView& field, const Candidate& candidate) {
    const auto path = field.key();
    if (path == "$**" && (field.is_number() || field.string() == "text")) {
        const bool fits = field.string() || candidate.type == KeyType::wildcard;
        if (fits || may_follow_a_special_type(candidate)) return std::nullopt;
        return refuse(key_field(path),
                      "A wildcard field cannot stand beside a special type: make two indexes.");
    }
    if (path == "_fts" && field.string() != "text") {
        return refuse(key_field(path),
                      "'_fts' is MongoDB's own name in text indexes: it cannot be indexed as a field.");
    }
    const auto parts = path_parts(path);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (auto verdict = check_part(parts[i], i == 0, i + 1 == parts.size(), field, candidate.type))
            return verdict;
    }
    return std::nullopt;
}

}  // namespace

Verdict check_key(const Candidate& candidate) {
    if (auto verdict = check_whole(candidate)) return verdict;
    for (const auto field : candidate.key) {
        if (auto verdict = check_value(field, candidate)) return verdict;
        if (auto verdict = check_path(field, candidate)) return verdict;
    }
    if (candidate.key.size() > max_key_fields) {
        return refuse(too_many_fields, "key", "An index has at most 32 fields: leave some out.");
    }
    return std::nullopt;
}

}  // namespace mim::index
