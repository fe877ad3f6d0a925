#include "index/comparison/notes.hpp"

#include "index/comparison/ownership.hpp"
#include "index/definition/legacy_form.hpp"
#include "index/rules/rules.hpp"

namespace mim::index {
namespace {

bool switched_on(const Spec& spec, std::string_view option) {
    const auto value = spec.options.find(option);
    return value && value->truthy();
}

std::optional<Note> hidden_note(const Spec& spec) {
    if (!switched_on(spec, "hidden")) return std::nullopt;
    std::string text = "hidden: no query uses it, every write still maintains it";
    if (switched_on(spec, "unique")) text += ", and it still refuses duplicates";
    if (spec.options.contains("expireAfterSeconds")) text += ", and it still expires documents";
    return Note{note_code::hidden, spec.name, text};
}

std::optional<Note> version_note(const Spec& spec) {
    const auto value = spec.options.find("v");
    const auto version = value ? value->integer() : std::nullopt;
    if (!version || *version >= 2) return std::nullopt;
    return Note{note_code::old_version, spec.name,
                "index version " + std::to_string(*version) +
                    ": built by an old server and without collation or " +
                    "Decimal128 support; building it again makes it version 2"};
}

// A TTL index works without a query, a unique one guards without one.
std::optional<Note> unused_note(const LiveIndex& index, std::optional<Timestamp> before) {
    if (!before || !index.usage || index.usage->operations > 0 || index.usage->since >= *before)
        return std::nullopt;
    if (index.state != LiveIndex::State::ready || switched_on(index.spec, "unique") ||
        switched_on(index.spec, "prepareUnique") || index.spec.options.contains("expireAfterSeconds")) {
        return std::nullopt;
    }
    const int members = index.usage->members;
    const int silent = index.usage->silent;
    std::string text = "no query used it since " + to_rfc3339(index.usage->since) + ", summed over " +
                       std::to_string(members) + (members == 1 ? " member" : " members");
    if (silent > 0) {
        text += "; " + std::to_string(silent) +
                " more did not answer, so it may be in use there: ask them before you drop it";
    }
    return Note{note_code::unused, index.spec.name, std::move(text)};
}

// What was built of old is no difference, but worth a word: built again it says what counts.
std::optional<Note> legacy_note(const Spec& spec) {
    std::string text;
    for (const std::string& part : legacy_parts(spec)) text += (text.empty() ? "" : "; ") + part;
    if (text.empty()) return std::nullopt;
    return Note{note_code::legacy_form, spec.name, text + ": a definition leaves that out"};
}

std::string owner_text(const Spec& spec, const CollectionTraits& traits) {
    if (is_of_queryable_encryption(spec, traits))
        return "MongoDB finds encrypted documents by this index; it is left alone";
    return traits.kind == CollectionKind::time_series
               ? "MongoDB made this index with the time-series collection; it is left alone"
               : "this is how MongoDB lists the clustered collection itself; it is left alone";
}

}  // namespace

std::vector<Note> collection_notes(const LiveCollection& live) {
    std::vector<Note> notes;
    switch (live.traits.kind) {
        case CollectionKind::missing:
            notes.push_back({note_code::collection_missing, "",
                             "the collection does not exist; the first index built there creates it"});
            break;
        case CollectionKind::view:
            notes.push_back(
                {note_code::view, "", "a view has no indexes of its own; it uses those of its source"});
            break;
        case CollectionKind::time_series:
            notes.push_back(
                {note_code::time_series, "",
                 "a time-series collection: no unique and no text index, TTL only on the time field "
                 "with a filter on the meta field"});
            break;
        case CollectionKind::ordinary:
            break;
    }
    if (live.index_count() >= near_limit_from) {
        notes.push_back({note_code::near_limit, "",
                         std::to_string(live.index_count()) + " of " +
                             std::to_string(max_indexes_per_collection) +
                             " possible indexes, _id_ included"});
    }
    if (live.readiness_unknown) {
        notes.push_back(
            {note_code::readiness_unknown, "",
             "nobody can tell which of its indexes are still being built: " + *live.readiness_unknown});
    }
    return notes;
}

std::vector<Note> unreadable_notes(const LiveCollection& live) {
    std::vector<Note> notes;
    for (const UnreadableIndex& one : live.unreadable_indexes) {
        notes.push_back({note_code::unreadable, one.name,
                         "cannot be read: " + one.reason +
                             "; it was not compared, and no sync touches it: look at it in the database"});
    }
    return notes;
}

std::vector<Note> index_notes(const LiveIndex& index, const LiveCollection& live,
                              const CompareOptions& options) {
    std::vector<Note> notes;
    if (is_server_owned(index.spec, live.traits)) {
        notes.push_back({note_code::server_owned, index.spec.name, owner_text(index.spec, live.traits)});
        return notes;
    }
    if (index.state == LiveIndex::State::building) {
        notes.push_back(
            {note_code::building, index.spec.name, "being built now: no query uses it before it is ready"});
    }
    if (auto note = hidden_note(index.spec)) notes.push_back(std::move(*note));
    if (auto note = version_note(index.spec)) notes.push_back(std::move(*note));
    if (auto note = legacy_note(index.spec)) notes.push_back(std::move(*note));
    if (auto note = unused_note(index, options.unused_before)) notes.push_back(std::move(*note));
    return notes;
}

}  // namespace mim::index
