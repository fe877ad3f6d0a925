#include "index/comparison/coverage.hpp"

#include <vector>

#include "index/canonical/canonical.hpp"
#include "index/definition/key_type.hpp"

namespace mim::index {
namespace {

struct Field {
    std::string_view name;
    bool ascending;
};

std::vector<Field> fields_of(bson::DocumentView key) {
    std::vector<Field> fields;
    for (const auto field : key) fields.push_back({field.key(), field.number().value_or(1) > 0});
    return fields;
}

std::optional<std::string> option_of(const Canonical& index, const std::string& option) {
    const auto found = index.options.find(option);
    return found == index.options.end() ? std::nullopt : std::optional(found->second.text);
}

std::int64_t version_of(const Spec& spec) {
    const auto version = spec.options.find("v");
    return version ? version->integer().value_or(2) : 2;
}

bool needed_for_itself(const Spec& spec, const Canonical& index) {
    for (const auto option : {"unique", "prepareUnique", "expireAfterSeconds", "clustered"}) {
        if (index.options.contains(option)) return true;
    }
    return spec.is_id_index();
}

enum class Fit { none, prefix, flipped_prefix, flipped };

Fit fit(const std::vector<Field>& candidate, const std::vector<Field>& other) {
    if (candidate.empty() || candidate.size() > other.size()) return Fit::none;
    bool same = true, reversed = true;
    for (std::size_t i = 0; i < candidate.size(); ++i) {
        if (candidate[i].name != other[i].name) return Fit::none;
        const bool equal = candidate[i].ascending == other[i].ascending;
        same = same && equal;
        reversed = reversed && !equal;
    }
    if (candidate.size() == other.size()) return reversed ? Fit::flipped : Fit::none;
    if (same) return Fit::prefix;
    return reversed ? Fit::flipped_prefix : Fit::none;
}

std::string proof(Fit how, const Canonical& candidate, const Canonical& other) {
    std::string text = "'" + candidate.name + "' (" + candidate.key_text + ") ";
    if (how == Fit::flipped) {
        text += "has the fields of '" + other.name + "' (" + other.key_text +
                ") in every direction reversed, and an index is read both ways";
    } else {
        text += "is the beginning of '" + other.name + "' (" + other.key_text + ")";
        text += how == Fit::prefix ? " with the same directions"
                                   : " with every direction reversed, and an index is read both ways";
    }
    if (candidate.options.contains("partialFilterExpression")) text += "; both have the same filter";
    if (candidate.options.contains("collation")) text += "; both have the same collation";
    return text +
           ". The larger one may cost more to read, and hints by name would break: hide it first, then drop "
           "it.";
}

}  // namespace

std::optional<std::string> covered_by(const Spec& candidate, const Spec& other, const RuleContext& context) {
    if (key_type(candidate.key) != KeyType::btree || key_type(other.key) != KeyType::btree)
        return std::nullopt;
    const auto how = fit(fields_of(candidate.key), fields_of(other.key));
    if (how == Fit::none || version_of(candidate) != version_of(other)) return std::nullopt;
    const auto small = canonicalise(candidate, context), large = canonicalise(other, context);
    if (needed_for_itself(candidate, small) || large.options.contains("hidden")) return std::nullopt;
    if (small.options.contains("sparse") || large.options.contains("sparse")) return std::nullopt;
    for (const auto option : {"partialFilterExpression", "collation"}) {
        if (option_of(small, option) != option_of(large, option)) return std::nullopt;
    }
    return proof(how, small, large);
}

}  // namespace mim::index
