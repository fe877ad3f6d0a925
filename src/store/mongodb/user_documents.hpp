// One account, one token family and one target database to their documents and back.
#pragma once

#include "app/model/database.hpp"
#include "app/model/user.hpp"
#include "store/archive.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/link.hpp"

namespace mim::store::mongodb {

[[nodiscard]] Result<app::User> read_user(bson::DocumentView document);
[[nodiscard]] bson::Document to_document(const app::User& user);
// `document` is the user's, perhaps with more in it. already_exists, with the taken field in `fields`.
Done insert_user(Link& link, const bson::Document& document, const app::User& user);
// That the store has accounts, or had them. Once it is noted it stays so, whatever becomes of the accounts.
Done note_accounts(Link& link);
[[nodiscard]] Result<bool> had_accounts(Link& link);

[[nodiscard]] Result<ArchivedFamily> read_family(bson::DocumentView document);
[[nodiscard]] bson::Document to_document(const ArchivedFamily& family);

[[nodiscard]] std::optional<app::Place> read_place(bson::DocumentView document);  // of a database
[[nodiscard]] bson::Document place_document(const app::Place& place);
[[nodiscard]] Result<app::Database> read_database(bson::DocumentView document);
[[nodiscard]] bson::Document to_document(const app::Database& database);
// What an update may change.
[[nodiscard]] bson::Document changeable(const app::Database& database);

}  // namespace mim::store::mongodb
