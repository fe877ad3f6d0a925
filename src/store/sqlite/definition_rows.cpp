#include "store/sqlite/definition_rows.hpp"

#include "drivers/sqlite/errors.hpp"
#include "store/sqlite/described.hpp"
#include "store/sqlite/sql/definitions.hpp"

namespace mim::store {

Error in_words_of_definitions(Error error) {
    if (error.code == ErrorCode::not_found) return {ErrorCode::not_found, "Database not found"};
    if (sqlite::concerns_column(error, "definitions.name")) {
        error.message = "An index definition of this name exists in the collection";
        error.fields = {{"name", "is taken"}};
    } else if (sqlite::concerns_column(error, "definitions.signature")) {
        error.message = "The same index is defined in the collection already";
        error.fields = {{"keys", "is defined already"}};
    }
    return error;
}

Done insert_definition(sqlite::Connection& connection, const app::Definition& definition) {
    auto done = run_with(connection, sql::insert_definition, definition);
    if (!done) return in_words_of_definitions(std::move(done).error());
    return {};
}

Done update_definition(sqlite::Connection& connection, const app::Definition& definition) {
    auto changed = run_with(connection, sql::update_definition, definition);
    if (!changed) return in_words_of_definitions(std::move(changed).error());
    if (*changed == 0) return Error(ErrorCode::not_found, "Index definition not found");
    return {};
}

}  // namespace mim::store
