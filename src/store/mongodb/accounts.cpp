#include "store/mongodb/accounts.hpp"

#include "base/fold.hpp"
#include "store/descriptions/user.hpp"
#include "store/lookalikes.hpp"
#include "store/mongodb/described.hpp"
#include "store/mongodb/looks.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

Error taken(const std::string& field) {
    Error error(ErrorCode::already_exists, "The " + field + " is taken");
    error.fields = {{field, "is taken"}};
    return error;
}

}  // namespace

Done add_user(Commands& commands, const app::User& user) {
    MIM_TRY(looks, looks_of({user.username, user.email}));
    MIM_TRY(seen_before, another_has(commands, names::users, user.id, looks));
    if (seen_before) return Error(ErrorCode::already_exists, "Another account has a name that looks like it");
    return commands.insert(names::users, {with_looks(to_document(user), looks)});
}

// Servers say it each in their own words, so we look.
Done refuse_names(Link& link, const app::User& user) {
    MIM_TRY(namesakes, link.count(names::users, fields("username_folded", fold(user.username))));
    if (namesakes > 0) return taken("username");
    MIM_TRY(same_email, link.count(names::users, fields("email_folded", fold(user.email))));
    if (same_email > 0) return taken("email");
    MIM_TRY(looks, looks_of({user.username}));
    MIM_TRY(like_username, another_has(link, names::users, user.id, looks));
    return looks_like_another(like_username ? "username" : "email");
}

Done insert_user(Link& link, const app::User& user) {
    auto done = add_user(link, user);
    if (done) return note_accounts(link);
    if (done.error().code == ErrorCode::already_exists) return refuse_names(link, user);
    return done;
}

Done note_accounts(Link& link) {
    return link.put(names::had_accounts, {fields("_id", "accounts")});
}

Result<bool> had_accounts(Link& link) {
    MIM_TRY(noted, link.count(names::had_accounts, fields("_id", "accounts")));
    return noted > 0;
}

}  // namespace mim::store::mongodb
