// Protection holds for a place (model/place.hpp), not for an entry of the registry: a second entry for it
// would else be a way round. This keeper notes of each entry where it leads, and tells of each what it shares
// with others. The place of our own store is no target: an entry that leads there is refused, and one that is
// there already comes without its connection string, and with the reason. Thread-safe as the store below is.
#pragma once

#include <memory>

#include "app/ports/database_store.hpp"
#include "app/ports/sync_store.hpp"
#include "app/ports/target.hpp"

namespace mim::app {

// create, update: also invalid_input (uri) for the place of `own_store`.
[[nodiscard]] std::unique_ptr<DatabaseStore> create_place_keeper(std::unique_ptr<DatabaseStore> inner,
                                                                 std::optional<Place> own_store);

// Notes with each entry which servers answered there. `databases` must outlive it.
[[nodiscard]] std::unique_ptr<TargetWitness> create_place_witness(DatabaseStore& databases);

// sync_active: a sync of the place is pending or running, through whichever of its entries.
Done check_idle_place(SyncStore& syncs, const Database& database);

// Of entries that an older version wrote; what cannot be read now is left for the next start.
Done note_places(DatabaseStore& databases);

}  // namespace mim::app
