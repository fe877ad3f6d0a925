#pragma once

#include <string>

#include "base/id.hpp"
#include "base/time.hpp"

namespace mim::app {

using MadeCollectionId = Id<struct MadeCollectionTag>;

// A collection that was made in its target through us: listed also while it has no definitions. One a name.
struct MadeCollection {
    MadeCollectionId id = MadeCollectionId::generate();
    DatabaseId database;
    Timestamp created_at{};
    std::string name{};
};

}  // namespace mim::app
