// Things put into the trash, as a part of the transaction that removes them.
#pragma once

#include <vector>

#include "app/model/trash.hpp"
#include "app/model/user.hpp"
#include "store/mongodb/commands.hpp"

namespace mim::store::mongodb {

// As older versions noted a deletion that they had begun.
[[nodiscard]] Result<app::Discard> read_discard(bson::DocumentView document);

// Copies of the documents into a collection of the trash, which has none of them.
Done put_into_trash(Commands& commands, const char* to, const std::vector<bson::Document>& documents,
                    const app::TrashId& entry);
// The entry alone: its definitions follow in parts (leaving.hpp). They are counted.
Done put_database_into_trash(Commands& commands, bson::DocumentView database, const app::Discard& discard);
// With its definitions and its note; no entry when it has no definitions.
Done put_collection_into_trash(Commands& commands, const DatabaseId& database, const std::string& collection,
                               const app::Discard& discard);
Done put_user_into_trash(Commands& commands, const app::User& user, const app::Discard& discard);

}  // namespace mim::store::mongodb
