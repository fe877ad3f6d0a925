#include "index/comparison/shard_key_keeper.hpp"

#include <algorithm>

#include "index/comparison/notes.hpp"
#include "index/comparison/ownership.hpp"
#include "index/definition/canonical_value.hpp"
#include "index/definition/shard_key.hpp"

namespace mim::index {
namespace {

bool supports(const LiveIndex& index, const bson::Document& shard_key) {
    return index.state == LiveIndex::State::ready && supports_shard_key(index.spec, shard_key);
}

// Altered in place, and good for the shard key before and after.
bool stays_changed(const Changed& changed, const bson::Document& shard_key) {
    return changed.resolution == Resolution::modify && supports(changed.live, shard_key) &&
           supports_shard_key(changed.desired.spec, shard_key);
}

template <class Entries, class Predicate>
std::optional<std::string> first_name(const Entries& entries, const Predicate& fits) {
    const auto found = std::find_if(entries.begin(), entries.end(), fits);
    return found == entries.end() ? std::nullopt : std::optional(found->live.spec.name);
}

bool stays_by_itself(const CollectionComparison& compared, const bson::Document& shard_key,
                     const std::string& name) {
    const auto is_it = [&](const auto& entry) { return entry.live.spec.name == name; };
    return first_name(compared.matched, is_it) || first_name(compared.changed, [&](const Changed& one) {
               return is_it(one) && stays_changed(one, shard_key);
           });
}

}  // namespace

std::optional<std::string> shard_key_keeper(const CollectionComparison& compared,
                                            const LiveCollection& live) {
    if (!live.traits.shard_key) return std::nullopt;
    const bson::Document& shard_key = *live.traits.shard_key;
    for (const LiveIndex& index : live.indexes) {
        const bool servers = is_id(index.spec) || is_server_owned(index.spec, live.traits);
        if (servers && supports(index, shard_key)) return std::nullopt;
    }
    const auto fits = [&](const auto& entry) { return supports(entry.live, shard_key); };
    const auto stays = [&](const Changed& one) { return stays_changed(one, shard_key); };
    if (auto name = first_name(compared.matched, fits)) return name;
    if (auto name = first_name(compared.changed, stays)) return name;
    if (auto name = first_name(compared.redundant, fits)) return name;
    return first_name(compared.changed, fits);
}

std::optional<Note> shard_key_note(const CollectionComparison& compared, const LiveCollection& live) {
    if (!compared.shard_key_index) return std::nullopt;
    const bson::Document& shard_key = *live.traits.shard_key;
    const std::string& name = *compared.shard_key_index;
    const auto supporters = std::count_if(live.indexes.begin(), live.indexes.end(),
                                          [&](const LiveIndex& one) { return supports(one, shard_key); });
    if (supporters > 1 && stays_by_itself(compared, shard_key, name)) return std::nullopt;
    std::string text =
        supporters > 1 ? "supports the shard key " : "the only index that supports the shard key ";
    append_key(text, shard_key);
    if (supporters > 1) text += ", and none that stays does";
    return Note{note_code::shard_key, name,
                text +
                    ": MongoDB neither drops nor hides the last one, so it stays until another supports it, "
                    "used or not"};
}

}  // namespace mim::index
