#include "store/mongodb/database_names.hpp"

#include "store/descriptions/database.hpp"
#include "store/lookalikes.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/older_versions.hpp"

namespace mim::store::mongodb {

Done check_name(Commands& commands, const app::Database& database) {
    MIM_TRY(looks, looks_of({database.name}));
    MIM_TRY(taken, another_has(commands, names::databases, database.id, looks));
    if (taken) return refuse_name(commands, database);
    return {};
}

// The server's text of a duplicate is left out: some quote the whole document, connection string and all.
Error name_is_taken() {
    Error error(ErrorCode::already_exists, "A database of this name exists");
    error.fields = {{"name", "is taken"}};
    return error;
}

Done refuse_name(Commands& commands, const app::Database& database) {
    MIM_TRY(namesake, commands.find_one(names::databases, fields("name", database.name), fields("_id", 1)));
    return namesake ? name_is_taken() : looks_like_another("name");
}

Done insert_database(Commands& commands, const app::Database& database) {
    MIM_CHECK(check_name(commands, database));
    MIM_TRY(looks, looks_of({database.name}));
    return commands.insert(names::databases,
                           {with_looks(as_carried_over(to_document(database).view()), looks)});
}

// Nobody renames it between this question and the update, which holds for the database as it was read.
Result<bson::Document> change_of(Commands& commands, const app::Database& database) {
    const auto named_so = fields("_id", database.id, "name", database.name);
    MIM_TRY(same_name, commands.find_one(names::databases, named_so, fields("_id", 1)));
    if (same_name) return changeable(database);
    MIM_CHECK(check_name(commands, database));
    MIM_TRY(looks, looks_of({database.name}));
    return with_looks(changeable(database), looks);
}

}  // namespace mim::store::mongodb
