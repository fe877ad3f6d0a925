// Documents that would have the same key in a unique index.
#pragma once

#include <optional>
#include <string>

#include "base/deadline.hpp"
#include "index/plan/duplicates.hpp"
#include "target/connection.hpp"

namespace mim::target {

inline constexpr std::size_t most_duplicate_groups = 5;    // shown of one index
inline constexpr std::size_t most_duplicate_bytes = 2048;  // of the values of one group; larger are not shown

// As Target::find_duplicates: one aggregation, a second one where a key field lies below another field.
[[nodiscard]] Result<index::DuplicateReport> find_duplicates(const Place& place,
                                                             const std::string& collection,
                                                             const index::Spec& spec, Deadline deadline);

// The parts, pure. `spec` is one that why_duplicates_cannot_be_told has no reason against.
// Groups the documents by their keys, as the index would hold them: a missing field counts as null; an array
// gives a key for each of its different elements, an empty one a key that is not null; documents outside of
// the partial filter or left out of a sparse index have none. Documents with an array on the way to a field
// are left out: how their elements combine, an aggregation cannot tell.
[[nodiscard]] bson::Document duplicates_command(const std::string& collection, const index::Spec& spec);
// One document that was left out so; none when no field lies below another.
[[nodiscard]] std::optional<bson::Document> arrays_command(const std::string& collection,
                                                           const index::Spec& spec);
[[nodiscard]] index::DuplicateReport report_of(const std::vector<bson::Document>& groups,
                                               const index::Spec& spec);

}  // namespace mim::target
