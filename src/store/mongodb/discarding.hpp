// Copies of what is about to be deleted, put into the trash. Each can be done again when it was interrupted.
#pragma once

#include <functional>

#include "app/model/trash.hpp"
#include "app/model/user.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

// `discard` as a part of a document, and back.
[[nodiscard]] bson::Document to_document(const app::Discard& discard);
[[nodiscard]] Result<app::Discard> read_discard(bson::DocumentView document);

// `keep` is asked before each write, and ends it by an error.
Done put_database_into_trash(Link& link, const DatabaseId& id, const app::Discard& discard,
                             const std::function<Done()>& keep);
// No entry when it has no definitions.
Done put_collection_into_trash(Link& link, const DatabaseId& database, const std::string& collection,
                               const app::Discard& discard, const std::function<Done()>& keep);
// As a part of the transaction that removes the account.
Done put_user_into_trash(Commands& commands, const app::User& user, const app::Discard& discard);

}  // namespace mim::store::mongodb
