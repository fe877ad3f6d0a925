// One definition, or one collection that was made, to its document and back.
#pragma once

#include "app/model/definition.hpp"
#include "app/model/made_collection.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Result<app::Definition> read_definition(bson::DocumentView document);
[[nodiscard]] bson::Document to_document(const app::Definition& definition);
[[nodiscard]] Result<app::MadeCollection> read_made_collection(bson::DocumentView document);
[[nodiscard]] bson::Document to_document(const app::MadeCollection& made);

}  // namespace mim::store::mongodb
