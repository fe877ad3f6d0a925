#include <algorithm>
#include <limits>

#include "index/definition/index_option.hpp"
#include "index/definition/whole_number.hpp"
#include "index/rules/modification.hpp"

namespace mim::index {
namespace {

constexpr int hide_clustered = 6011800;

std::optional<bool> flag(const bson::ValueView& value) {
    if (!value.boolean() && !value.is_number()) return std::nullopt;
    return value.truthy();
}

Verdict read_flag(const bson::ValueView& value, std::optional<bool>& into) {
    into = flag(value);
    return into ? Verdict{} : wrong_type(std::string(value.key()), "true or false", value);
}

Verdict read_seconds(const bson::ValueView& value, ServerVersion version, std::optional<std::int64_t>& into) {
    if (!value.is_number()) return wrong_type("expireAfterSeconds", "a number", value);
    const auto seconds = whole_number(value);
    // MongoDB 5.0 does not judge it.
    if (seconds < 0 && version >= version_5_1)
        return invalid_options("expireAfterSeconds", "'expireAfterSeconds' must be 0 or more.");
    using Limits = std::numeric_limits<std::int32_t>;
    into = std::clamp<std::int64_t>(seconds, Limits::min(), Limits::max());
    return std::nullopt;
}

bool can_modify(std::string_view field, ServerVersion version) {
    if (field == "name" || field == "keyPattern") return true;
    const IndexOption* const option = find_index_option(field);
    return option != nullptr && option->altered_since && version >= *option->altered_since;
}

Verdict read_field(const bson::ValueView& value, const RuleContext& context, Modification& into) {
    const auto field = value.key();
    if (!can_modify(field, context.version)) {
        return refuse(server_code::unknown_field, std::string(field),
                      "collMod of MongoDB " + context.version.text() + " cannot change " + in_quotes(field) +
                          " of an index: build it again.");
    }
    if (value.type() == bson::Type::null) return std::nullopt;  // as good as absent
    if (field == "name") {
        into.name = value.string();
        return into.name ? Verdict{} : wrong_type("name", "a string", value);
    }
    if (field == "keyPattern") {
        if (value.type() != bson::Type::document) return wrong_type("keyPattern", "an object", value);
        into.key = value.document();
        return std::nullopt;
    }
    if (field == "expireAfterSeconds") return read_seconds(value, context.version, into.seconds);
    if (field == "hidden") return read_flag(value, into.hidden);
    if (field == "unique") return read_flag(value, into.unique);
    return read_flag(value, into.prepare_unique);
}

Verdict check_whole(const Modification& wanted) {
    if (wanted.name && wanted.key)
        return invalid_options("name", "Name the index by 'name' or by 'keyPattern', not by both.");
    if (!wanted.name && !wanted.key)
        return invalid_options("name", "Say which index: by 'name' or by 'keyPattern'.");
    const bool others = wanted.seconds || wanted.hidden || wanted.prepare_unique;
    if (!others && !wanted.unique) {
        return invalid_options(
            "", "Nothing to change: give 'expireAfterSeconds', 'hidden', 'unique' or 'prepareUnique'.");
    }
    if (wanted.unique && !*wanted.unique) {
        return refuse(server_code::bad_value, "unique",
                      "'unique: false' is not possible: drop the index and build it again.");
    }
    return std::nullopt;
}

// A clustered collection's own index is found by its name alone.
bool has_key(const Spec& spec, bson::DocumentView key) {
    const auto clustered = spec.options.find("clustered");
    return !(clustered && clustered->truthy()) && bson::equal_by_value(spec.key.view(), key);
}

// The position of the index meant; a verdict when there is none, or more than one.
Verdict select(const std::vector<Spec>& indexes, const Modification& wanted, std::size_t& position) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        const bool meant = wanted.name ? indexes[i].name == *wanted.name : has_key(indexes[i], *wanted.key);
        if (!meant) continue;
        position = i;
        ++found;
    }
    const std::string field = wanted.name ? "name" : "keyPattern";
    if (found == 0) {
        return refuse(server_code::index_not_found, field,
                      "The collection has no such index: list its indexes first.");
    }
    if (found > 1) {
        return refuse(server_code::ambiguous_index_key_pattern, field,
                      "Several indexes have this key: name the index instead.");
    }
    return std::nullopt;
}

Verdict check_collection(const Modification& wanted, const CollectionTraits& collection,
                         ServerVersion version) {
    if (wanted.seconds && collection.kind == CollectionKind::time_series) {
        return invalid_options(
            "expireAfterSeconds",
            "In a time-series collection the expiry of an index cannot be changed: change the collection's.");
    }
    constexpr ServerVersion strict_until{7, 1};
    if (wanted.seconds && collection.capped() && version < strict_until) {
        return invalid_options(
            "expireAfterSeconds",
            "A capped collection cannot expire documents: leave 'expireAfterSeconds' out.");
    }
    return std::nullopt;
}

bool means_clustered(const Modification& wanted, const CollectionTraits& collection) {
    if (!collection.clustered()) return false;
    const auto options = collection.options.find("clusteredIndex")->document();
    const auto name = options ? options->find("name") : std::nullopt;
    if (wanted.name)
        return *wanted.name == (name ? name->string().value_or("_id_") : std::string_view("_id_"));
    return Spec{{}, bson::Document(*wanted.key), {}}.is_id_index();
}

}  // namespace

Verdict read_modification(bson::DocumentView argument, const RuleContext& context, Modification& into) {
    for (const auto value : argument) {
        if (auto verdict = read_field(value, context, into)) return verdict;
    }
    if (auto verdict = check_whole(into)) return verdict;
    return check_collection(into, context.collection, context.version);
}

ModifyOutcome modify(const std::vector<Spec>& indexes, bson::DocumentView argument,
                     const RuleContext& context) {
    Modification wanted;
    if (auto verdict = read_modification(argument, context, wanted))
        return {std::move(verdict), std::nullopt};
    if (wanted.hidden && means_clustered(wanted, context.collection)) {
        return {refuse(hide_clustered, "hidden",
                       "The clustered index of a collection cannot be hidden: it is the collection."),
                std::nullopt};
    }
    Modified modified;
    if (auto verdict = select(indexes, wanted, modified.position)) return {std::move(verdict), std::nullopt};
    modified.after = indexes[modified.position];
    if (auto verdict = apply_modification(wanted, context, modified.after, modified.reply)) {
        return {std::move(verdict), std::nullopt};
    }
    return {std::nullopt, std::move(modified)};
}

}  // namespace mim::index
