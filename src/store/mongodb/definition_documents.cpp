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

Result<app::MadeCollection> read_made_collection(bson::DocumentView document) {
    Reader reader(document);
    auto id = reader.id<app::MadeCollectionId>("_id");
    auto database = reader.id<DatabaseId>("database");
    app::MadeCollection made{.id = std::move(id),
                             .database = std::move(database),
                             .created_at = reader.time("created_at"),
                             .name = reader.text("name")};
    MIM_CHECK(reader.whole("a collection that was made"));
    return made;
}

bson::Document to_document(const app::MadeCollection& made) {
    return fields("_id", made.id, "database", made.database, "created_at", made.created_at, "name", made.name,
                  "name_folded", fold(made.name));
}

}  // namespace mim::store::mongodb
