// Which entries of the registry lead to one place (app/model/place.hpp).
#pragma once

#include "app/model/database.hpp"
#include "store/mongodb/commands.hpp"

namespace mim::store::mongodb {

// All that share a place with one of `places`.
[[nodiscard]] Result<std::vector<app::Neighbour>> neighbours_of(Commands& commands,
                                                                const std::vector<app::Place>& places);

}  // namespace mim::store::mongodb
