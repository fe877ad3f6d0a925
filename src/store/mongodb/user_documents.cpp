#include "store/mongodb/user_documents.hpp"

#include "base/fold.hpp"
#include "store/lookalikes.hpp"
#include "store/mongodb/looks.hpp"
#include "store/mongodb/names.hpp"

namespace mim::store::mongodb {
namespace {

bool is_disabled(const app::User& user) {
    return user.status == app::AccountStatus::disabled;
}

Error taken(const std::string& field) {
    Error error(ErrorCode::already_exists, "The " + field + " is taken");
    error.fields = {{field, "is taken"}};
    return error;
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

// Absent in what an older version wrote.
std::int64_t version_of_sessions(Reader& reader) {
    return reader.present("session_version") ? reader.integer("session_version") : 0;
}

}  // namespace

Result<app::User> read_user(bson::DocumentView document) {
    Reader reader(document);
    app::User user{
        .id = reader.id<UserId>("_id"),
        .created_at = reader.time("created_at"),
        .updated_at = reader.time("updated_at"),
        .username = reader.text("username"),
        .email = reader.text("email"),
        .password_hash = Secret(reader.text("password_hash")),
        .profile = {.first_name = reader.text("first_name"),
                    .last_name = reader.text("last_name"),
                    .avatar = reader.text("avatar")},
        .role = reader.must(app::parse_role(reader.text("role"))),
        .status = reader.flag("disabled") ? app::AccountStatus::disabled : app::AccountStatus::enabled,
        .session_version = version_of_sessions(reader),
        .kept_family = reader.optional_id<TokenFamilyId>("kept_family")};
    MIM_CHECK(reader.whole("a user"));
    return user;
}

bson::Document to_document(const app::User& user) {
    return fields("_id", user.id, "created_at", user.created_at, "updated_at", user.updated_at, "username",
                  user.username, "username_folded", fold(user.username), "email", user.email, "email_folded",
                  fold(user.email), "password_hash", user.password_hash.reveal(), "first_name",
                  user.profile.first_name, "last_name", user.profile.last_name, "avatar", user.profile.avatar,
                  "role", app::to_string(user.role), "disabled", is_disabled(user), "session_version",
                  user.session_version, "kept_family", user.kept_family);
}

Done insert_user(Link& link, const bson::Document& document, const app::User& user) {
    MIM_TRY(looks, looks_of({user.username, user.email}));
    MIM_TRY(seen_before, another_has(link, names::users, user.id, looks));
    if (seen_before) return refuse_names(link, user);
    auto done = link.insert(names::users, {with_looks(document, looks)});
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

Result<ArchivedFamily> read_family(bson::DocumentView document) {
    Reader reader(document);
    auto id = reader.id<TokenFamilyId>("_id");
    app::TokenFamily family{.id = std::move(id), .user = reader.id<UserId>("user")};
    family.refresh.newest = reader.text("current_refresh_id");
    family.refresh.others = reader.optional_text("other_refresh_ids").value_or("");
    family.expires_at = reader.time("expires_at");
    family.session_version = version_of_sessions(reader);
    MIM_CHECK(reader.whole("a token family"));
    const auto state = reader.flag("revoked") ? app::FamilyState::revoked : app::FamilyState::live;
    return ArchivedFamily{std::move(family), state};
}

bson::Document to_document(const ArchivedFamily& archived) {
    const app::TokenFamily& family = archived.family;
    return fields("_id", family.id, "user", family.user, "current_refresh_id", family.refresh.newest,
                  "other_refresh_ids", family.refresh.others, "expires_at", family.expires_at, "revoked",
                  archived.state == app::FamilyState::revoked, "session_version", family.session_version);
}

std::optional<app::Place> read_place(bson::DocumentView document) {
    const auto part = Reader(document).part("place");
    if (!part) return std::nullopt;
    Reader reader(*part);
    app::Place place{.hosts = reader.texts("hosts"), .db_name = reader.text("db_name")};
    if (reader.damaged()) return std::nullopt;
    return place;
}

bson::Document place_document(const app::Place& place) {
    return fields("hosts", array_of(place.hosts), "db_name", place.db_name);
}

Result<app::Database> read_database(bson::DocumentView document) {
    Reader reader(document);
    app::Database database{
        .id = reader.id<DatabaseId>("_id"),
        .created_at = reader.time("created_at"),
        .updated_at = reader.time("updated_at"),
        .name = reader.text("name"),
        .description = reader.text("description"),
        .uri = Secret(reader.text("uri")),
        .db_name = reader.text("db_name"),
        .protection = reader.flag("protected") ? app::Protection::on : app::Protection::off,
        .duplicate_samples =
            reader.flag("hides_duplicates") ? app::DuplicateSamples::hidden : app::DuplicateSamples::shown,
        .place = read_place(document)};
    MIM_CHECK(reader.whole("a database"));
    return database;
}

bson::Document to_document(const app::Database& database) {
    bson::Builder document;
    put_all(document, "_id", database.id, "created_at", database.created_at, "protected",
            database.protection == app::Protection::on);
    document.add_all(changeable(database).view());
    return document.take();
}

bson::Document changeable(const app::Database& database) {
    std::optional<bson::Document> place;
    if (database.place) place = place_document(*database.place);
    return fields("place", place, "updated_at", database.updated_at, "name", database.name, "name_folded",
                  fold(database.name), "description", database.description, "description_folded",
                  fold(database.description), "uri", database.uri.reveal(), "db_name", database.db_name,
                  "hides_duplicates", database.duplicate_samples == app::DuplicateSamples::hidden);
}

}  // namespace mim::store::mongodb
