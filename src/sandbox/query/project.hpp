// Projections and orders of find and aggregate, as far as clients of the sandbox use them.
#pragma once

#include <vector>

#include "sandbox/query/order.hpp"
#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

// {a: 1, b: 1, _id: 0}, {a: 0}, in $project also {x: "$path"}. Dotted names are refused with NotImplemented
// (238).
enum class ProjectionKind { find, stage };
[[nodiscard]] Answer<std::vector<bson::Document>> project(std::vector<bson::Document> documents,
                                                          bson::DocumentView projection, ProjectionKind kind,
                                                          Letters letters = Letters::exact);

// {a: 1, "b.c": -1}; stable.
[[nodiscard]] Answer<std::vector<bson::Document>> sort(std::vector<bson::Document> documents,
                                                       bson::DocumentView order);

}  // namespace mim::sandbox::query
