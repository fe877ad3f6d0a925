// Names of databases, which differ from every other one by more than case, blanks, width or look.
#pragma once

#include "app/model/database.hpp"
#include "store/mongodb/looks.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Error name_is_taken();
// already_exists (fields: name) when another one has the name, or one that looks like it. For what is written
// afterwards it is a hint: that is decided by the unique indexes.
Done check_name(Link& link, const app::Database& database);
// After one of these refused the write of it: always that error.
Done refuse_name(Link& link, const app::Database& database);
// Both, around the insertion.
Done insert_database(Link& link, const app::Database& database);
// What `$set` takes for an update: a name that stays keeps its looks, though others may have them.
[[nodiscard]] Result<bson::Document> change_of(Link& link, const app::Database& database);

}  // namespace mim::store::mongodb
