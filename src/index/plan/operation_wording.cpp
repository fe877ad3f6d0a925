#include "index/plan/operation_wording.hpp"

#include <algorithm>

#include "bson/json.hpp"
#include "index/canonical/told_value.hpp"
#include "index/comparison/notes.hpp"

namespace mim::index {
namespace {

bool is_set(const Spec& spec, std::string_view option) {
    const auto value = spec.options.find(option);
    return value && value->truthy();
}

std::optional<double> lifetime(const Spec& spec) {
    const auto value = spec.options.find("expireAfterSeconds");
    return value ? value->number() : std::nullopt;
}

std::string value_text(const std::optional<bson::Value>& value) {
    return value ? bson::to_json(value->view(), bson::JsonForm::relaxed) : "absent";
}

// New or shorter lifetimes delete documents that are there now.
bool deletes_documents(const Spec* before, const Spec& after) {
    const auto now = lifetime(after);
    const auto earlier = before ? lifetime(*before) : std::nullopt;
    return now && (!earlier || *now < *earlier);
}

std::string deletion_text(const Spec& spec) {
    const bson::ValueView field = *spec.key.begin();
    return "documents whose " + std::string(field.key()) + " is older than " +
           bson::to_json(*spec.options.find("expireAfterSeconds"), bson::JsonForm::relaxed) +
           " seconds will be deleted";
}

void raise(Wording& words, Risk risk) {
    if (risk > words.risk) words.risk = risk;
}

void warn_of_build(Wording& words, const Spec* before, const Spec& wanted,
                   const CollectionComparison& collection) {
    if (is_set(wanted, "unique") && !(before && is_set(*before, "unique"))) {
        words.meanwhile += "; the build fails if there are duplicates, and new ones are refused";
        raise(words, Risk::caution);
    }
    if (!wanted.key.empty() && deletes_documents(before, wanted)) {
        words.meanwhile += "; once it is built, " + deletion_text(wanted);
        const bool no_documents = collection.traits.kind == CollectionKind::missing;
        raise(words, no_documents ? Risk::caution : Risk::destructive);
    }
}

// What the index did besides serving queries, as far as `successor` does not go on with it.
std::string duties_lost(const Spec& spec, const Spec* successor) {
    const auto until = [successor](bool goes_on) {
        return successor && goes_on ? std::string(" meanwhile") : std::string(" any more");
    };
    std::string text;
    if (is_set(spec, "unique")) {
        text += "; duplicates are not refused" + until(successor && is_set(*successor, "unique"));
    }
    if (lifetime(spec)) text += "; documents do not expire" + until(successor && lifetime(*successor));
    return text;
}

std::string gap_text(const LiveIndex& live, const std::string& collection) {
    if (is_set(live.spec, "hidden")) return "no query loses an index: " + live.spec.name + " is hidden";
    return "queries on " + collection + " that used " + live.spec.name +
           " run without it from the drop until the build ends";
}

// Whether an index that stays covers this one, as the notes say.
bool is_covered_by_one_that_stays(const LiveIndex& live, const CollectionComparison& collection) {
    for (const Note& note : collection.notes) {
        if (note.index != live.spec.name || note.code != note_code::covered) continue;
        return std::none_of(collection.redundant.begin(), collection.redundant.end(),
                            [&note](const Redundant& one) {
                                return note.text.starts_with("covered by " + one.live.spec.name + ":");
                            });
    }
    return false;
}

std::string without_text(const LiveIndex& live, const CollectionComparison& collection) {
    if (live.state == LiveIndex::State::building) return "no query loses an index: its build is aborted";
    if (is_set(live.spec, "hidden")) return "no query loses an index: it is hidden";
    const std::string text = "queries on " + collection.collection + " that used " + live.spec.name;
    if (is_covered_by_one_that_stays(live, collection)) return text + " can use the one that covers it";
    return text + " run without it from now on";
}

}  // namespace

Wording words_for_create(const Spec& wanted, const CollectionComparison& collection) {
    Wording words{"in the registry, not in the database", "no query loses an index", Risk::safe};
    if (collection.traits.kind == CollectionKind::missing)
        words.reason += "; the collection is created with it";
    warn_of_build(words, nullptr, wanted, collection);
    return words;
}

Wording words_for_drop(const LiveIndex& live, const CollectionComparison& collection) {
    Wording words{"in the database, not in the registry", without_text(live, collection), Risk::destructive};
    const std::string worth = worth_text(live.spec.name, collection);
    if (!worth.empty()) words.reason += "; " + worth;
    words.meanwhile += duties_lost(live.spec, nullptr);
    return words;
}

Wording words_for_replaced(const Changed& changed, const std::string& collection, const std::string& why) {
    const std::string lost = duties_lost(changed.live.spec, &changed.desired.spec);
    return {why, gap_text(changed.live, collection) + lost, Risk::destructive};
}

Wording words_for_replacement(const Spec& wanted, const LiveIndex& live,
                              const CollectionComparison& collection, const std::string& why) {
    Wording words{why, gap_text(live, collection.collection), Risk::destructive};
    warn_of_build(words, &live.spec, wanted, collection);
    return words;
}

Wording words_for_hide(const LiveIndex& live, const CollectionComparison& collection) {
    Wording words{
        "in the database, not in the registry; hidden instead of dropped, so that it can be shown again",
        without_text(live, collection), Risk::caution};
    const std::string worth = worth_text(live.spec.name, collection);
    if (!worth.empty()) words.reason += "; " + worth;
    if (is_set(live.spec, "unique")) words.meanwhile += "; it still refuses duplicates";
    if (lifetime(live.spec)) words.meanwhile += "; it still expires documents";
    return words;
}

Wording words_for_modify(const Changed& changed, const CollectionComparison& collection) {
    const Spec &before = changed.live.spec, &after = changed.desired.spec;
    Wording words{
        "differs from its definition in " + differences_text(changed.differences) + "; changed in place",
        "no query loses an index", Risk::safe};
    if (is_set(after, "hidden") && !is_set(before, "hidden")) {
        words.meanwhile = without_text(changed.live, collection);
        raise(words, Risk::caution);
    }
    if (is_set(after, "unique") && !is_set(before, "unique")) {
        words.meanwhile += "; it fails if there are duplicates, and new ones are refused";
        raise(words, Risk::caution);
    } else if (is_set(after, "prepareUnique") && !is_set(before, "prepareUnique")) {
        words.meanwhile += "; new duplicates are refused";
        raise(words, Risk::caution);
    }
    if (!after.key.empty() && deletes_documents(&before, after)) {
        words.meanwhile += "; " + deletion_text(after);
        raise(words, Risk::destructive);
    }
    return words;
}

std::string differences_text(const std::vector<OptionDifference>& differences, ChangedSide side) {
    std::string text;
    for (const OptionDifference& one : differences) {
        const bool database_changes = side == ChangedSide::database;
        const auto in_database = told_value(one, one.database), in_registry = told_value(one, one.registry);
        const auto& before = database_changes ? in_database : in_registry;
        const auto& after = database_changes ? in_registry : in_database;
        if (!text.empty()) text += ", ";
        text += one.option + ": " + value_text(before) + " → " + value_text(after);
    }
    return text;
}

std::string worth_text(const std::string& index, const CollectionComparison& collection) {
    for (const Note& note : collection.notes) {
        const bool says_so = note.code == note_code::covered || note.code == note_code::unused;
        if (note.index == index && says_so) return note.text;
    }
    return {};
}

}  // namespace mim::index
