#include "store/sqlite/definition_rows.hpp"

#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/definitions.hpp"

namespace mim::store {

Error in_words_of_definitions(Error error) {
    if (error.code == ErrorCode::not_found) return {ErrorCode::not_found, "Database not found"};
    if (sqlite::concerns_column(error, "definitions.name")) {
        error.message = "An index definition of this name exists in the collection";
        error.fields = {{"name", "is taken"}};
    } else if (sqlite::concerns_column(error, "definitions.signature") ||
               sqlite::concerns_column(error, "definitions.unique_key")) {
        error.message = "The same index is defined in the collection already";
        error.fields = {{"keys", "is defined already"}};
    }
    return error;
}

Result<app::Definition> read_definition(const sqlite::Statement& row) {
    MIM_TRY(id, read_id<DefinitionId>(row, 0));
    MIM_TRY(database, read_id<DatabaseId>(row, 1));
    MIM_TRY(key, read_document(row, 6));
    MIM_TRY(options, read_document(row, 7));
    return app::Definition{
        .id = std::move(id),
        .database = std::move(database),
        .created_at = read_time(row, 2),
        .updated_at = read_time(row, 3),
        .collection = std::string(row.text(4)),
        .spec = {.name = std::string(row.text(5)), .key = std::move(key), .options = std::move(options)},
        .signature = std::string(row.text(8)),
        .unique_key = row.optional_text(9)};
}

Done insert_definition(sqlite::Connection& connection, const app::Definition& definition) {
    auto done =
        connection.run(sql::insert_definition, to_column(definition.id), to_column(definition.database),
                       to_column(definition.created_at), to_column(definition.updated_at),
                       definition.collection, definition.spec.name, to_column(definition.spec.key),
                       to_column(definition.spec.options), definition.signature, definition.unique_key);
    if (!done) return in_words_of_definitions(std::move(done).error());
    return {};
}

Done update_definition(sqlite::Connection& connection, const app::Definition& definition) {
    auto changed =
        connection.run(sql::update_definition, to_column(definition.id), to_column(definition.database),
                       to_column(definition.updated_at), definition.collection, definition.spec.name,
                       to_column(definition.spec.key), to_column(definition.spec.options),
                       definition.signature, definition.unique_key);
    if (!changed) return in_words_of_definitions(std::move(changed).error());
    if (*changed == 0) return Error(ErrorCode::not_found, "Index definition not found");
    return {};
}

}  // namespace mim::store
