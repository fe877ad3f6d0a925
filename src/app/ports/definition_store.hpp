// The registry. Blocking; thread-safe. Errors: store_failed, or not_ready when it
// cannot be reached, everywhere; else as said.
// Within one (database, collection) these are unique, as constraints of the store: name, signature. A
// violation is already_exists with the field ("name", "keys") in `fields`.
#pragma once

#include <optional>
#include <vector>

#include "app/model/definition.hpp"
#include "app/model/made_collection.hpp"
#include "app/model/page.hpp"
#include "app/model/trash.hpp"
#include "base/result.hpp"

namespace mim::app {

// A set of changes that happens whole or not at all. Removals first, then updates, then creations.
struct DefinitionChanges {
    std::vector<DefinitionId> removals;  // unknown ids are fine
    std::vector<Definition> updates;
    std::vector<Definition> creations;
    // Of those removed or updated: how they must still stand, by collection and spec, or nothing is changed.
    std::vector<Definition> expected = {};
};

// Of `expected`, for stores.
[[nodiscard]] inline bool stands_as(const Definition& stored, const Definition& expected) {
    return stored.collection == expected.collection && stored.spec == expected.spec;
}
[[nodiscard]] inline Error not_as_expected() {
    return {ErrorCode::not_allowed_in_state, "An index definition was changed meanwhile"};
}

class DefinitionStore {
  public:
    virtual ~DefinitionStore() = default;
    virtual Done create(const Definition& definition) = 0;  // already_exists; not_found: no such database
    virtual Result<Definition> get(const DefinitionId& id) = 0;  // not_found
    virtual Done update(const Definition& definition) = 0;       // not_found, already_exists
    // `query` matched anywhere in name or key signature, any case. Newest first.
    virtual Result<Page<Definition>> list(const DatabaseId& database, const std::string& collection,
                                          const PageRequest& page) = 0;
    // Sorted by collection, then name. `collections` none = all of them.
    virtual Result<std::vector<Definition>> all_of(
        const DatabaseId& database, const std::optional<std::vector<std::string>>& collections) = 0;
    // already_exists; not_found (database); not_allowed_in_state: one is not as expected any more.
    virtual Done change(const DefinitionChanges& changes) = 0;
};

class CollectionStore {
  public:
    virtual ~CollectionStore() = default;
    // Collections with at least one definition, and those noted as made, by name; `query` matched anywhere in
    // the name, any case.
    virtual Result<Page<CollectionSummary>> collections(const DatabaseId& database,
                                                        const PageRequest& page) = 0;
    virtual Done note_made(const MadeCollection& made) = 0;  // also when it is noted; not_found: the database
    // The definitions and the note. already_exists: the other name has definitions.
    virtual Done rename_collection(const DatabaseId& database, const std::string& from,
                                   const std::string& to) = 0;
    // The same, into the trash; no entry there when it has no definitions.
    virtual Done remove_collection(const DatabaseId& database, const std::string& collection,
                                   const Discard& discard) = 0;
};

}  // namespace mim::app
