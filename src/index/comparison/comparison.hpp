// Desired against live, collection by collection.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "index/canonical/canonical.hpp"
#include "index/definition/live_index.hpp"

namespace mim::index {

// A definition of the registry, as far as the comparison needs it.
struct Desired {
    DefinitionId id;
    Spec spec;
};

enum class NamePolicy { identity, strict };  // strict: the same index under another name counts as changed
struct CompareOptions {
    ServerVersion version;
    NamePolicy names = NamePolicy::identity;
    // With usage read: name indexes with no use whose counting began before this.
    std::optional<Timestamp> unused_before = {};
    // Whose rules held before the server was upgraded: name the definitions that are judged otherwise now.
    std::optional<ServerVersion> rules_before = {};
    // The server's own version, where it goes by the rules of an older one. What it does without being asked,
    // such as to expire documents, its program decides and not the rules.
    std::optional<ServerVersion> binary = {};

    [[nodiscard]] ServerVersion program() const { return binary.value_or(version); }
};

enum class Resolution { modify, recreate };  // collMod is enough, or it must be built again

// What the registry cannot take over, so that an import leaves it out: nobody could have defined it, and what
// nobody defines is dropped only by consent.
struct Unmanageable {
    std::string why;                                                          // for people
    enum class Rebuild { possible, impossible } rebuild = Rebuild::possible;  // once it is dropped
};

struct Missing {
    Desired desired;
    Canonical canonical;
};
struct Redundant {
    LiveIndex live;
    Canonical canonical;
    std::optional<Unmanageable> unmanageable = {};
};
struct Matched {
    Desired desired;
    LiveIndex live;
    Canonical canonical;  // of the definition
};
struct Changed {
    Desired desired;
    LiveIndex live;
    Canonical registry;
    Canonical database;
    std::vector<OptionDifference> differences;  // "name" among them when that counts
    Resolution resolution = Resolution::recreate;
    std::optional<Unmanageable> unmanageable = {};  // the live side; only where it is to be built again
};

struct Note {
    std::string code;   // "covered", "unused", "building", "hidden", "renamed", "collection_missing", "view",
                        // "time_series", "near_limit", "old_version" …: note_code has all of them
    std::string index;  // empty = the collection
    std::string text;   // for people, with the reason
};

struct CollectionComparison {
    std::string collection;
    CollectionTraits traits;
    // Each sorted by name; every definition and every live index but `_id_` is in exactly one of the five.
    std::vector<Missing> missing;
    std::vector<Matched> matched;
    std::vector<Redundant> redundant;
    std::vector<Changed> changed;
    std::vector<Note> notes;
    std::vector<LiveIndex> server_owned;           // that no definition claims: they are left alone
    std::vector<UnreadableIndex> unreadable = {};  // left alone; each with a note
    std::size_t live_count = 0;                    // of all live indexes, with _id_ and the unreadable
    // Of a sharded collection: the index that must neither be dropped nor hidden, as MongoDB would refuse it.
    std::optional<std::string> shard_key_index = {};

    // Nobody can say so where an index was not compared.
    [[nodiscard]] bool in_sync() const {
        return missing.empty() && redundant.empty() && changed.empty() && unreadable.empty();
    }
};

// `live` must be readable. A definition and a live index belong together by identity first, then by name.
// Server-owned indexes (clustered, automatic time-series) are never redundant: they stand apart, with a
// note; so does what cannot be read. The same index under another name is matched, unless names are strict or
// another definition needs that name.
[[nodiscard]] CollectionComparison compare(const std::vector<Desired>& desired, const LiveCollection& live,
                                           const CompareOptions& options);

}  // namespace mim::index
