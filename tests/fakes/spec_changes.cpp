// SpecGenerator::single_changes.
#include <algorithm>

#include "bson/builder.hpp"
#include "bson/json.hpp"
#include "fakes/spec_generator.hpp"
#include "index/definition/key_type.hpp"

namespace mim::fakes {
namespace {

using bson::Builder;
using bson::Document;
using index::Spec;
using Changes = std::vector<Spec>;

Document without_option(const Spec& spec, std::string_view option) {
    return bson::without(spec.options, {option});
}

template <class Value>
Spec with_option(const Spec& spec, std::string_view option, const Value& value) {
    Spec changed = spec;
    changed.options = Builder().add_all(without_option(spec, option)).add(option, value).take();
    return changed;
}

Spec taken_away(const Spec& spec, std::string_view option) {
    return {spec.name, spec.key, without_option(spec, option)};
}

bool turned_on(const Spec& spec, std::string_view option) {
    const auto value = spec.options.find(option);
    return value && value->truthy();
}

// Each key with the field at `position` replaced by what `replace` adds.
template <class Replace>
Spec with_field(const Spec& spec, std::size_t position, Replace replace) {
    Builder key;
    std::size_t at = 0;
    for (const auto field : spec.key) {
        if (at++ == position) {
            replace(key, field);
        } else {
            key.add(field.key(), field);
        }
    }
    return {spec.name, key.take(), spec.options};
}

bool weighted(const Spec& spec, std::string_view field) {
    const auto weights = spec.options.find("weights");
    if (weights && weights->string() == field) return true;  // "$**"
    const auto document = weights ? weights->document() : std::nullopt;
    return document && document->contains(field);
}

void change_fields(const Spec& spec, Changes& changes) {
    std::size_t position = 0;
    for (const auto field : spec.key) {
        const std::string name(field.key());
        changes.push_back(
            with_field(spec, position, [&](Builder& key, const auto& value) { key.add(name + "x", value); }));
        // A text field that has a weight of its own stays in the index through it.
        if (!weighted(spec, name))
            changes.push_back(with_field(spec, position, [](Builder&, const auto&) {}));
        if (const auto number = field.number()) {
            changes.push_back(
                with_field(spec, position, [&](Builder& key, const auto&) { key.add(name, -*number); }));
            changes.push_back(
                with_field(spec, position, [&](Builder& key, const auto&) { key.add(name, *number * 3); }));
            changes.push_back(
                with_field(spec, position, [&](Builder& key, const auto&) { key.add(name, "hashed"); }));
        }
        ++position;
    }
    const auto longer = Builder().add_all(spec.key).add("added", std::int32_t{1}).take();
    changes.push_back({spec.name, longer, spec.options});
}

void swap_fields(const Spec& spec, Changes& changes) {
    std::vector<bson::ValueView> fields;
    for (const auto field : spec.key) fields.push_back(field);
    for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
        // The order of text fields is lost in the catalog, so it says nothing.
        if (fields[i].string() && fields[i + 1].string()) continue;
        auto swapped = fields;
        std::swap(swapped[i], swapped[i + 1]);
        Builder key;
        for (const auto& field : swapped) key.add(field.key(), field);
        changes.push_back({spec.name, key.take(), spec.options});
    }
}

void change_flags(const Spec& spec, Changes& changes) {
    for (const auto flag : {"unique", "sparse", "hidden", "prepareUnique"}) {
        changes.push_back(with_option(spec, flag, !turned_on(spec, flag)));
    }
}

// Added when absent; changed and taken away when there.
void change_number(const Spec& spec, std::string_view option, double otherwise, Changes& changes) {
    const auto value = spec.options.find(option);
    const auto number = value ? value->number() : std::nullopt;
    changes.push_back(with_option(spec, option, number ? *number + 1 : otherwise));
    if (value) changes.push_back(taken_away(spec, option));
}

void change_documents(const Spec& spec, Changes& changes) {
    const auto other_filter = Builder().add("zz", Builder().add("$gt", std::int32_t{99}).take()).take();
    changes.push_back(with_option(spec, "partialFilterExpression", other_filter));
    if (spec.options.contains("partialFilterExpression"))
        changes.push_back(taken_away(spec, "partialFilterExpression"));
    const auto engine = Builder().add("wiredTiger", Builder().add("configString", "other=1").take()).take();
    changes.push_back(with_option(spec, "storageEngine", engine));
    if (spec.options.contains("storageEngine")) changes.push_back(taken_away(spec, "storageEngine"));
    const auto projection = Builder().add("other", std::int32_t{1}).take();
    changes.push_back(with_option(spec, "wildcardProjection", projection));
    if (spec.options.contains("wildcardProjection"))
        changes.push_back(taken_away(spec, "wildcardProjection"));
}

// A collation that no generator and no test collection uses, and its absence in words.
void change_collation(const Spec& spec, Changes& changes) {
    const auto value = spec.options.find("collation");
    const auto collation = value ? value->document() : std::nullopt;
    const auto other =
        Builder().add("locale", "sv").add("strength", std::int32_t{1}).add("caseLevel", true).take();
    changes.push_back(with_option(spec, "collation", other));
    if (!collation || collation->find("locale")->string() == "simple") return;
    changes.push_back(with_option(spec, "collation", Builder().add("locale", "simple").take()));
    const auto written = collation->find("strength");
    const auto strength = written ? *written->integer() : 3;
    const auto stronger = static_cast<std::int32_t>(strength == 4 ? 5 : 4);
    changes.push_back(with_option(
        spec, "collation",
        Builder().add_all(bson::without(*collation, {"strength"})).add("strength", stronger).take()));
}

void change_text(const Spec& spec, Changes& changes) {
    const auto language = spec.options.find("default_language");
    const bool danish = language && language->string() == "danish";
    changes.push_back(with_option(spec, "default_language", danish ? "none" : "danish"));
    changes.push_back(with_option(spec, "language_override", "other_field"));
    Builder weights;
    const auto value = spec.options.find("weights");
    const auto document = value ? value->document() : std::nullopt;
    if (document) weights.add_all(*document);
    changes.push_back(with_option(spec, "weights", weights.add("one_more", std::int32_t{7}).take()));
    if (document && document->contains("extra")) {
        const auto heavier =
            Builder().add_all(bson::without(*document, {"extra"})).add("extra", std::int32_t{99}).take();
        changes.push_back(with_option(spec, "weights", heavier));
        changes.push_back(taken_away(spec, "weights"));
    }
}

}  // namespace

std::vector<Spec> SpecGenerator::single_changes(const Spec& spec) {
    Changes changes;
    change_fields(spec, changes);
    swap_fields(spec, changes);
    change_flags(spec, changes);
    change_number(spec, "expireAfterSeconds", 77, changes);
    change_number(spec, "bits", 11, changes);
    change_number(spec, "min", -7, changes);
    change_number(spec, "max", 77, changes);
    change_number(spec, "coarsestIndexedLevel", 1, changes);
    change_number(spec, "finestIndexedLevel", 29, changes);
    change_documents(spec, changes);
    change_collation(spec, changes);
    if (index::key_type(spec.key) == index::KeyType::text) change_text(spec, changes);
    return changes;
}

}  // namespace mim::fakes
