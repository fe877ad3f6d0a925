// One definition to its document and back.
#pragma once

#include "app/model/definition.hpp"
#include "store/mongodb/fields.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Result<app::Definition> read_definition(bson::DocumentView document);
[[nodiscard]] bson::Document to_document(const app::Definition& definition);

}  // namespace mim::store::mongodb
