// Where a store on MongoDB is, to tell it from others and from targets.
#pragma once

#include <optional>

#include "app/model/place.hpp"

namespace mim::main {

[[nodiscard]] bool is_mongodb(const Secret& store);
// Its seed list and its database. None where the text names no host.
[[nodiscard]] std::optional<app::Place> place_of_store(const Secret& uri);

}  // namespace mim::main
