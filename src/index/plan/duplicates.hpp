// Whether documents stand in the way of a unique index. The question is put by target/, the answer is kept
// with the operation; nothing here does I/O.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bson/document.hpp"
#include "index/definition/spec.hpp"
#include "index/plan/plan.hpp"

namespace mim::index {

// Documents that would have the same key.
struct DuplicateGroup {
    std::optional<bson::Document> values;  // by key field, in the key's order; none = not shown
    std::int64_t documents = 0;            // at least two
    friend bool operator==(const DuplicateGroup&, const DuplicateGroup&) = default;
};

struct DuplicateReport {
    enum class Verdict { none, found, not_checked } verdict = Verdict::none;
    std::string reason = {};                               // of not_checked; holds no values
    std::vector<DuplicateGroup> groups = {};               // of found: a few of them
    enum class Extent { all, some } extent = Extent::all;  // whether `groups` are all there are
};
[[nodiscard]] std::string_view to_string(DuplicateReport::Verdict verdict);
[[nodiscard]] DuplicateReport not_checked(std::string reason);

// Builds a unique index, or makes one unique.
[[nodiscard]] bool becomes_unique(const Operation& operation);

// Why no question to the server can tell exactly; none when one can. Plain keys only: what the keys of a text
// or geo index are is known to the server alone.
[[nodiscard]] std::optional<std::string> why_duplicates_cannot_be_told(const Spec& spec);

}  // namespace mim::index
