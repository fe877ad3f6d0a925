#include "index/comparison/held_bytes.hpp"

#include "index/definition/held_bytes.hpp"

namespace mim::index {
namespace {

// What a list has room for but does not use.
template <class Entry>
std::size_t held_spare(const std::vector<Entry>& entries) {
    return (entries.capacity() - entries.size()) * sizeof(Entry);
}

std::size_t held_bytes(const Canonical& canonical) {
    constexpr std::size_t around_an_option = 96;
    std::size_t bytes =
        held_apart(canonical.name) + held_apart(canonical.signature) + held_apart(canonical.key_text);
    for (const auto& [name, option] : canonical.options) {
        const std::size_t value = 2 * option.text.size();  // at most, as it is what the text says
        bytes += around_an_option + sizeof(name) + sizeof(option) + held_apart(name) +
                 held_apart(option.text) + value;
    }
    return bytes;
}

std::size_t held_by_reason(const std::optional<Unmanageable>& unmanageable) {
    return unmanageable ? held_apart(unmanageable->why) : 0;
}

std::size_t held_bytes(const Redundant& redundant) {
    return sizeof(Redundant) + held_apart(redundant.live.spec) + held_bytes(redundant.canonical) +
           held_by_reason(redundant.unmanageable);
}

std::size_t held_bytes(const Matched& matched) {
    return sizeof(Matched) + held_apart(matched.live.spec);
}

// Clients that know three lists are told of it twice. The sides of a difference are options and keys of the
// canonical form.
std::size_t held_bytes(const Changed& changed) {
    const std::size_t of_a_side =
        held_apart(changed.live.spec) + held_bytes(changed.database) + held_by_reason(changed.unmanageable);
    std::size_t bytes = 3 * (sizeof(Changed) + of_a_side) + held_spare(changed.differences);
    for (const OptionDifference& each : changed.differences) bytes += sizeof(each) + held_apart(each.option);
    return bytes;
}

std::size_t held_bytes(const Note& note) {
    return sizeof(Note) + held_apart(note.code) + held_apart(note.index) + held_apart(note.text);
}

template <class Entry>
std::size_t held_by_all(const std::vector<Entry>& entries) {
    std::size_t bytes = held_spare(entries);
    for (const Entry& each : entries) bytes += held_bytes(each);
    return bytes;
}

}  // namespace

std::size_t bytes_to_compare(const LiveCollection& live) {
    constexpr std::size_t copies_of_a_text = 64;
    constexpr std::size_t copies_of_what_is_inherited = 16;
    constexpr std::size_t around_an_index = 2'048;
    const auto collation = live.traits.default_collation();
    const std::size_t inherited = collation ? collation->bytes().size() : 0;
    return live.index_count() * (around_an_index + copies_of_what_is_inherited * inherited) +
           copies_of_a_text * index::held_bytes(live);
}

std::size_t held_bytes(const CollectionComparison& comparison) {
    // What is matched takes its place for a definition, so its spare room is not the target's.
    std::size_t bytes =
        sizeof(CollectionComparison) + held_apart(comparison.collection) + held_apart(comparison.traits);
    for (const Matched& each : comparison.matched) bytes += held_bytes(each);
    return bytes + held_by_all(comparison.redundant) + held_by_all(comparison.changed) +
           held_by_all(comparison.notes) + held_by_all(comparison.server_owned) +
           held_by_all(comparison.unreadable);
}

}  // namespace mim::index
