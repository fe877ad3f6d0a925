// One `index` argument of collMod, read and checked for itself. Private to this room.
// Source: mongo src/mongo/db/catalog/coll_mod.cpp and coll_mod_index.cpp.
#pragma once

#include "index/rules/in_place.hpp"
#include "index/rules/rejection.hpp"

namespace mim::index {

struct Modification {
    std::optional<std::string_view> name;
    std::optional<bson::DocumentView> key;
    std::optional<std::int64_t> seconds;
    std::optional<bool> hidden;
    std::optional<bool> unique;
    std::optional<bool> prepare_unique;
};

// Fills `into`, which borrows from `argument`.
[[nodiscard]] Verdict read_modification(bson::DocumentView argument, const RuleContext& context,
                                        Modification& into);
// What the argument asks, against the index it found; `spec` is changed and `reply` filled only when nothing
// is said.
[[nodiscard]] Verdict apply_modification(const Modification& wanted, const RuleContext& context, Spec& spec,
                                         bson::Document& reply);
// Whether an index may be made unique in place, as far as a shard key says (72).
[[nodiscard]] Verdict check_unique_in_shards(const Spec& spec, const RuleContext& context);

}  // namespace mim::index
