// Names of databases, which differ from every other one by more than case, blanks, width or look.
#pragma once

#include "app/model/database.hpp"
#include "store/mongodb/looks.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Error name_is_taken();
// already_exists (fields: name) when another one has the name, or one that looks like it. For what is written
// afterwards it is a hint: that is decided by the unique indexes.
Done check_name(Commands& commands, const app::Database& database);
// After one of these refused the write of it: always that error.
Done refuse_name(Commands& commands, const app::Database& database);
// After `check_name`. already_exists, without the reason: `refuse_name` finds it, outside of the transaction
// that this was a part of.
Done insert_database(Commands& commands, const app::Database& database);
// What `$set` takes for an update: a name that stays keeps its looks, though others may have them.
[[nodiscard]] Result<bson::Document> change_of(Commands& commands, const app::Database& database);

}  // namespace mim::store::mongodb
