#pragma once

#include "index/definition/collection_traits.hpp"
#include "index/definition/server_version.hpp"

namespace mim::index {

// What MongoDB's answer to a definition depends on besides the definition.
struct RuleContext {
    ServerVersion version;
    CollectionTraits collection;
};

}  // namespace mim::index
