// What a restoration brings back, and the samples of duplicates, to documents and back. Absent when there is
// none.
#pragma once

#include "app/model/sync.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

[[nodiscard]] std::optional<bson::Document> restoration_document(
    const std::optional<app::Restoration>& restoration);
[[nodiscard]] Result<std::optional<app::Restoration>> read_restoration(const Reader& sync);

// Holds values of users' documents, whose field names may be anything: to be packed.
[[nodiscard]] bson::Document duplicates_document(const std::vector<index::DuplicateGroup>& groups);
[[nodiscard]] Result<std::vector<index::DuplicateGroup>> read_duplicates(Reader& record);

}  // namespace mim::store::mongodb
