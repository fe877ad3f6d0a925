#include "store/mongodb/database_names.hpp"

#include "store/descriptions/database.hpp"
#include "store/lookalikes.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {

Done check_name(Link& link, const app::Database& database) {
    MIM_TRY(looks, looks_of({database.name}));
    MIM_TRY(taken, another_has(link, names::databases, database.id, looks));
    if (taken) return refuse_name(link, database);
    return {};
}

// The server's text of a duplicate is left out: some quote the whole document, connection string and all.
Error name_is_taken() {
    Error error(ErrorCode::already_exists, "A database of this name exists");
    error.fields = {{"name", "is taken"}};
    return error;
}

Done refuse_name(Link& link, const app::Database& database) {
    MIM_TRY(namesakes, link.count(names::databases, fields("name", database.name)));
    return namesakes > 0 ? name_is_taken() : looks_like_another("name");
}

Done insert_database(Link& link, const app::Database& database) {
    MIM_CHECK(check_name(link, database));
    MIM_TRY(looks, looks_of({database.name}));
    auto inserted = link.insert(names::databases, {with_looks(to_document(database), looks)});
    if (!inserted && inserted.error().code == ErrorCode::already_exists) return refuse_name(link, database);
    return inserted;
}

// Nobody renames it between this question and the update, which holds for the database as it was read.
Result<bson::Document> change_of(Link& link, const app::Database& database) {
    MIM_TRY(named_so, link.count(names::databases, fields("_id", database.id, "name", database.name)));
    if (named_so > 0) return changeable(database);
    MIM_CHECK(check_name(link, database));
    MIM_TRY(looks, looks_of({database.name}));
    return with_looks(changeable(database), looks);
}

}  // namespace mim::store::mongodb
