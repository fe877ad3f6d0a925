#include "index/definition/held_bytes.hpp"

namespace mim::index {

std::size_t held_apart(const std::string& text) {
    constexpr std::size_t around_a_block = 25;  // the terminator, and what the allocator adds at most
    static const std::size_t within = std::string().capacity();
    return text.capacity() <= within ? 0 : text.capacity() + around_a_block;
}

std::size_t held_apart(const Spec& spec) {
    return held_apart(spec.name) + held_apart(spec.key) + held_apart(spec.options);
}

std::size_t held_apart(const CollectionTraits& traits) {
    return held_apart(traits.options) + (traits.shard_key ? held_apart(*traits.shard_key) : 0);
}

std::size_t held_bytes(const LiveIndex& live) {
    return sizeof(LiveIndex) + held_apart(live.spec);
}

std::size_t held_bytes(const UnreadableIndex& unreadable) {
    return sizeof(UnreadableIndex) + held_apart(unreadable.name) + held_apart(unreadable.reason);
}

std::size_t held_bytes(const LiveCollection& live) {
    std::size_t bytes = 2 * sizeof(LiveCollection) + held_apart(live.name) + held_apart(live.traits);
    for (const LiveIndex& each : live.indexes) bytes += held_bytes(each);
    for (const UnreadableIndex& each : live.unreadable_indexes) bytes += held_bytes(each);
    return bytes;
}

}  // namespace mim::index
