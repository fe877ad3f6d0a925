#include "store/mongodb/definition_documents.hpp"

#include "base/fold.hpp"

namespace mim::store::mongodb {

Result<app::Definition> read_definition(bson::DocumentView document) {
    Reader reader(document);
    auto id = reader.id<DefinitionId>("_id");
    auto database = reader.id<DatabaseId>("database");
    app::Definition definition{.id = std::move(id),
                               .database = std::move(database),
                               .created_at = reader.time("created_at"),
                               .updated_at = reader.time("updated_at"),
                               .collection = reader.text("collection"),
                               .spec = {.name = reader.text("name"),
                                        .key = reader.packed("key"),
                                        .options = reader.packed("options")},
                               .signature = reader.text("signature"),
                               .unique_key = reader.optional_text("unique_key")};
    MIM_CHECK(reader.whole("a definition"));
    return definition;
}

bson::Document to_document(const app::Definition& definition) {
    return fields("_id", definition.id, "database", definition.database, "created_at", definition.created_at,
                  "updated_at", definition.updated_at, "collection", definition.collection,
                  "collection_folded", fold(definition.collection), "name", definition.spec.name,
                  "name_folded", fold(definition.spec.name), "key", Packed{definition.spec.key}, "options",
                  Packed{definition.spec.options}, "signature", definition.signature, "signature_folded",
                  fold(definition.signature), "unique_key", definition.unique_key);
}

}  // namespace mim::store::mongodb
