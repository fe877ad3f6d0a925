#include "index/definition/key_pattern.hpp"
#include "index/rules/candidate.hpp"

namespace mim::index {
namespace {

constexpr int two_wildcard_fields = 7246201;
constexpr int field_under_wildcard = 7246204;
constexpr std::string_view all_fields = "$**";

Verdict check_options_of_wildcard(const Candidate& candidate) {
    const auto version = candidate.option("v");
    if (version && version->integer() == 1)
        return refuse("v", "A wildcard index needs index version 2: leave 'v' out.");
    for (const auto option : {"unique", "sparse"}) {
        if (!candidate.turned_on(option)) continue;
        return refuse(option, "A wildcard index cannot have " + in_quotes(option) + ": leave it out.");
    }
    if (candidate.option("expireAfterSeconds")) {
        return refuse("expireAfterSeconds",
                      "A wildcard index cannot expire documents: index the date field alone.");
    }
    return std::nullopt;
}

// Source: mongo src/mongo/db/index/wildcard_validation.cpp (validateWildcardIndex).
Verdict check_compound(const Candidate& candidate) {
    std::string_view wildcard;
    for (const auto field : candidate.key) {
        if (!is_wildcard_field(field.key())) continue;
        if (!wildcard.empty()) {
            return refuse(two_wildcard_fields, "key." + std::string(field.key()),
                          "An index has one wildcard field only: make two indexes.");
        }
        wildcard = field.key();
    }
    if (wildcard == all_fields) {
        if (candidate.option("wildcardProjection")) return std::nullopt;
        return refuse("wildcardProjection",
                      "Beside \"$**\" other fields need a wildcardProjection that leaves them out: add one.");
    }
    const auto parent = wildcard.substr(0, wildcard.size() - all_fields.size() - 1);
    for (const auto field : candidate.key) {
        if (field.key() == wildcard || !is_or_lies_under(field.key(), parent)) continue;
        return refuse(
            field_under_wildcard, "key." + std::string(field.key()),
            in_quotes(field.key()) + " is covered by " + in_quotes(wildcard) + " already: leave it out.");
    }
    return std::nullopt;
}

}  // namespace

Verdict check_wildcard(const Candidate& candidate) {
    if (candidate.type != KeyType::wildcard) return std::nullopt;
    if (auto verdict = check_options_of_wildcard(candidate)) return verdict;
    const bool compound = candidate.key.size() > 1;
    if (candidate.since(version_7_0)) return compound ? check_compound(candidate) : std::nullopt;
    if (compound)
        return refuse("key",
                      "Compound wildcard indexes exist from MongoDB 7.0 on: index the wildcard field alone.");
    if ((*candidate.key.begin()).number().value_or(1) < 0) {
        return refuse("key", "Descending wildcard indexes exist from MongoDB 7.0 on: use 1.");
    }
    return std::nullopt;
}

}  // namespace mim::index
