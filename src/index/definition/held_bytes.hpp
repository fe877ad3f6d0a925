// How many bytes of memory live indexes take, so that whoever reads them from strangers can bound it. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "index/definition/live_index.hpp"

namespace mim::index {

// Of the block that a text keeps apart from itself; none when it is short.
[[nodiscard]] std::size_t held_apart(const std::string& text);
[[nodiscard]] inline std::size_t held_apart(const bson::Document& document) {
    return held_apart(document.byte_string());
}
[[nodiscard]] std::size_t held_apart(const Spec& spec);
[[nodiscard]] std::size_t held_apart(const CollectionTraits& traits);
[[nodiscard]] std::size_t held_bytes(const LiveIndex& live);
[[nodiscard]] std::size_t held_bytes(const UnreadableIndex& unreadable);
// With what it takes while it is moved from list to list.
[[nodiscard]] std::size_t held_bytes(const LiveCollection& live);

}  // namespace mim::index
