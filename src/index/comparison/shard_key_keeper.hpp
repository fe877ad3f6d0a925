// The index that holds up the shard key of a collection, and therefore has to stay.
#pragma once

#include <optional>
#include <string>

#include "index/comparison/comparison.hpp"

namespace mim::index {

// Its name among those that support the shard key: one that stays anyway when there is one, else one that no
// definition wants, so that only what nobody asked for is kept. None when `_id_` or the server's own index
// supports it, when none does, or when the collection is not known to be sharded. `compared` must have its
// four classes.
[[nodiscard]] std::optional<std::string> shard_key_keeper(const CollectionComparison& compared,
                                                          const LiveCollection& live);

// What there is to say about it: none when it stays by itself and is not the only one.
[[nodiscard]] std::optional<Note> shard_key_note(const CollectionComparison& compared,
                                                 const LiveCollection& live);

}  // namespace mim::index
