// The words of operations: why, what happens to queries meanwhile, how risky. Nothing here decides anything.
#pragma once

#include <string>
#include <vector>

#include "index/plan/plan.hpp"

namespace mim::index {

struct Wording {
    std::string reason;
    std::string meanwhile;
    Risk risk = Risk::safe;
};

[[nodiscard]] Wording words_for_create(const Spec& wanted, const CollectionComparison& collection);
[[nodiscard]] Wording words_for_drop(const LiveIndex& live, const CollectionComparison& collection);
// The live index is gone from the drop until its successor is built.
[[nodiscard]] Wording words_for_replaced(const Changed& changed, const std::string& collection,
                                         const std::string& why);
[[nodiscard]] Wording words_for_replacement(const Spec& wanted, const LiveIndex& live,
                                            const CollectionComparison& collection, const std::string& why);
[[nodiscard]] Wording words_for_hide(const LiveIndex& live, const CollectionComparison& collection);
[[nodiscard]] Wording words_for_modify(const Changed& changed, const CollectionComparison& collection);

// "expireAfterSeconds: 3600 → 600, hidden: absent → true": from the database's value to the registry's.
// "expireAfterSeconds: 90 → 60": old, then new, of the side that is changed.
enum class ChangedSide { database, registry };
[[nodiscard]] std::string differences_text(const std::vector<OptionDifference>& differences,
                                           ChangedSide side = ChangedSide::database);
// "covered by …" or "no query used it since …" when a note says so; else empty.
[[nodiscard]] std::string worth_text(const std::string& index, const CollectionComparison& collection);

}  // namespace mim::index
