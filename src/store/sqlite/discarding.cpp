#include "store/sqlite/discarding.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql/trash.hpp"

namespace mim::store {

Done put_database_into_trash(sqlite::Connection& connection, const DatabaseId& id,
                             const app::Discard& discard) {
    MIM_TRY(found, connection.run(sql::trash_database, to_column(id), to_column(discard.as),
                                  to_column(discard.at), to_column(discard.by)));
    if (found == 0) return {};
    MIM_CHECK(connection.run(sql::trash_row_of_database, to_column(id), to_column(discard.as)));
    MIM_CHECK(connection.run(sql::trash_definitions_of_database, to_column(id), to_column(discard.as)));
    MIM_CHECK(connection.run(sql::trash_notes_of_database, to_column(id), to_column(discard.as)));
    return {};
}

Done put_collection_into_trash(sqlite::Connection& connection, const DatabaseId& database,
                               const std::string& collection, const app::Discard& discard) {
    const auto& entry = to_column(discard.as);
    MIM_TRY(found, connection.run(sql::trash_collection, to_column(database), entry, to_column(discard.at),
                                  to_column(discard.by), collection));
    if (found == 0) return {};
    MIM_CHECK(connection.run(sql::trash_definitions_of_collection, to_column(database), entry, collection));
    MIM_CHECK(connection.run(sql::trash_note_of_collection, to_column(database), entry, collection));
    return {};
}

Done put_user_into_trash(sqlite::Connection& connection, const UserId& id, const app::Discard& discard) {
    MIM_CHECK(connection.run(sql::trash_user, to_column(id), to_column(discard.as), to_column(discard.at),
                             to_column(discard.by)));
    MIM_CHECK(connection.run(sql::trash_row_of_user, to_column(id), to_column(discard.as)));
    return {};
}

}  // namespace mim::store
