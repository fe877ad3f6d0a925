// The $unwind stage. Source: the manual's page on it; mongo src/mongo/db/pipeline/document_source_unwind.cpp.
#pragma once

#include <vector>

#include "sandbox/refusal.hpp"

namespace mim::sandbox::query {

// "$a.b" or {path: "$a.b", preserveNullAndEmptyArrays: bool, includeArrayIndex: "name"}.
[[nodiscard]] Answer<std::vector<bson::Document>> unwind(const std::vector<bson::Document>& documents,
                                                         const bson::ValueView& specification);

}  // namespace mim::sandbox::query
