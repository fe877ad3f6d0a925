// Whether the embedded store is there, was never made, or is lost: then nobody begins a new one without being
// asked to, since what was in it may be nowhere else.
#pragma once

#include "main/settings.hpp"

namespace mim::main {

enum class StorePresence { there, never_made, lost };

// Lost: its file is missing or empty, though its key or its lock, which are made after it, lie beside its
// place.
[[nodiscard]] StorePresence presence_of_store(const ServeSettings& settings);
// One line: what happened, and the two ways out.
[[nodiscard]] Error lost_store(const ServeSettings& settings);
// Makes an empty one where there was never any, whole or not at all. Before keys and lock are made, so that a
// start that is interrupted leaves nothing that would be taken for a lost store. store_failed: it is lost.
Done make_store_at_first_start(const ServeSettings& settings);
// An empty store in `place`, which is replaced only when that is said.
enum class Replacing { no, yes };
Done make_empty_store(const std::filesystem::path& place, Replacing replacing);

}  // namespace mim::main
