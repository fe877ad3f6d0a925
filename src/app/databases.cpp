#include "app/databases.hpp"

#include <algorithm>

#include "app/masked_input.hpp"
#include "app/outrun.hpp"
#include "app/paging.hpp"
#include "app/protection.hpp"
#include "app/seen_servers.hpp"
#include "app/text_rules.hpp"
#include "app/uri_parts.hpp"
#include "index/rules/rules.hpp"

namespace mim::app {
namespace {

constexpr TextLimits name_limits{1, 200};
constexpr TextLimits description_limits{0, 2000};

// What is defined in a database; a collection that was only made through us has no part in it.
struct Defined {
    std::int64_t indexes = 0;
    std::int64_t collections = 0;
};

Result<Defined> defined_in(CollectionStore& collections, const DatabaseId& database) {
    Defined defined;
    for (PageRequest walk{.query = {}, .page = 1, .limit = max_page_limit};; ++walk.page) {
        MIM_TRY(page, collections.collections(database, walk));
        for (const auto& each : page.items) {
            defined.indexes += each.total_indexes;
            defined.collections += each.total_indexes > 0 ? 1 : 0;
        }
        if (static_cast<std::int64_t>(walk.page) * walk.limit >= page.total) return defined;
    }
}

void check_words(std::vector<FieldError>& bad, const DatabaseDraft& draft) {
    require_text(bad, "name", draft.name, name_limits);
    const auto length = code_points(draft.description);  // may have lines
    if (!length || *length > description_limits.at_most) {
        bad.push_back({"description", "must be UTF-8 text of at most " +
                                          std::to_string(description_limits.at_most) + " characters"});
    }
    if (const auto rejection = index::check_managed_database_name(draft.db_name)) {
        bad.push_back({"db_name", rejection->message});
    }
}

void check_uri(std::vector<FieldError>& bad, const Secret& uri, Targets& targets) {
    if (uri.empty()) {
        bad.push_back({"uri", "must not be empty"});
        return;
    }
    const Done checked = targets.check_uri(uri);
    if (checked) return;
    const Error error = checked.error();
    if (error.fields.empty()) bad.push_back({"uri", error.message});
    bad.insert(bad.end(), error.fields.begin(), error.fields.end());
}

Done check_protection_change(std::optional<Protection> wanted, Protection now, Role as) {
    if (wanted.value_or(now) == now || as == Role::admin) return {};
    return Error{ErrorCode::forbidden, "Only an administrator may set or clear `protected`"};
}

// A machine's key that leaks must not lead a database, its definitions and their syncs elsewhere.
Done check_move_by_key(const DatabaseDraft& draft, const Database& stored) {
    const std::string& given = draft.uri.reveal();
    const bool stays =
        draft.db_name == stored.db_name &&
        (lead_to_same_place(given, masked_uri(stored.uri)) || lead_to_same_place(given, stored.uri.reveal()));
    if (stays) return {};
    return Error{
        ErrorCode::forbidden,
        "An API key may not lead a database elsewhere: sign in to change its hosts, the options of its "
        "connection, or `db_name`"};
}

DatabaseDraft completed(const DatabaseChange& wanted, const Database& stored) {
    return {.name = wanted.name.value_or(stored.name),
            .description = wanted.description.value_or(stored.description),
            .uri = wanted.uri ? *wanted.uri : stored.uri,
            .db_name = wanted.db_name.value_or(stored.db_name),
            .protection = wanted.protection,
            .duplicate_samples = wanted.duplicate_samples};
}

Result<ServerInfo> probe(Targets& targets, const Database& database, std::chrono::milliseconds span) {
    return targets.test(database, Deadline::after(span));
}

}  // namespace

Result<CreatedDatabase> Databases::create(const DatabaseDraft& draft, ConnectionTest test,
                                          InitialImport import, Role as) {
    MIM_CHECK(check_protection_change(draft.protection, Protection::off, as));
    std::vector<FieldError> bad;
    check_words(bad, draft);
    if (holds_mask(draft.uri)) {
        bad.push_back({"uri", "holds *** in place of a secret: write the secret itself"});
    } else {
        check_uri(bad, draft.uri, ports_.targets);
    }
    MIM_CHECK(verdict(std::move(bad)));

    Database database;
    database.created_at = database.updated_at = ports_.clock.now();
    database.name = draft.name;
    database.description = draft.description;
    database.uri = draft.uri;
    database.db_name = draft.db_name;
    database.protection = draft.protection.value_or(Protection::off);
    database.duplicate_samples = draft.duplicate_samples.value_or(DuplicateSamples::shown);
    auto created = store(database, test, import);
    if (!created) ports_.targets.forget(database.id);
    return created;
}

Result<CreatedDatabase> Databases::store(Database database, ConnectionTest test, InitialImport import) {
    if (test == ConnectionTest::perform) {
        MIM_TRY(server, probe(ports_.targets, database, ports_.target_deadline));
        database.seen_server = seen_after({}, server.release, ports_.clock.now());
    }
    if (import == InitialImport::skip) {
        MIM_CHECK(ports_.databases.create(database));
        MIM_TRY(kept, ports_.databases.get(database.id));
        return CreatedDatabase{database.id, std::nullopt, std::move(kept)};
    }
    MIM_TRY(prepared, imports_.prepare(database, OnConflict::skip));
    database.seen_server = seen_after({}, prepared.release, ports_.clock.now());
    MIM_CHECK(ports_.databases.create(database));
    const Done applied = imports_.apply(prepared);
    if (applied) {
        MIM_TRY(kept, ports_.databases.get(database.id));
        return CreatedDatabase{database.id, std::move(prepared.report), std::move(kept)};
    }
    // Best effort: the caller is told of the failure, and half a database is worse than none.
    static_cast<void>(ports_.databases.remove(database.id));
    return applied.error();
}

Result<Database> Databases::get(const DatabaseId& id) {
    return ports_.databases.get(id);
}

Result<Page<Database>> Databases::list(const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    return ports_.databases.list(wanted);
}

// A walk through all that match: a key is bound to few databases, and a thousand of them are few pages.
Result<Page<Database>> Databases::list_among(const std::vector<DatabaseId>& ids, const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    Page<Database> some{.items = {}, .total = 0, .page = wanted.page, .limit = wanted.limit};
    const std::int64_t first = static_cast<std::int64_t>(wanted.page - 1) * wanted.limit;
    PageRequest walk{.query = wanted.query, .page = 1, .limit = max_page_limit};
    for (;; ++walk.page) {
        MIM_TRY(found, ports_.databases.list(walk));
        for (Database& database : found.items) {
            if (std::find(ids.begin(), ids.end(), database.id) == ids.end()) continue;
            const std::int64_t position = some.total++;
            if (position >= first && position < first + wanted.limit)
                some.items.push_back(std::move(database));
        }
        if (found.items.size() < static_cast<std::size_t>(walk.limit)) return some;
    }
}

Result<Change<Database>> Databases::update(const DatabaseId& id, const DatabaseChange& wanted,
                                           ConnectionTest test, Role as, Credential by) {
    return until_not_outrun([&] { return try_update(id, wanted, test, as, by); });
}

Result<Change<Database>> Databases::try_update(const DatabaseId& id, const DatabaseChange& wanted,
                                               ConnectionTest test, Role as, Credential by) {
    MIM_TRY(stored, ports_.databases.get(id));
    MIM_CHECK(check_protection_change(wanted.protection, stored.protection, as));
    const DatabaseDraft draft = completed(wanted, stored);
    if (by == Credential::api_key) MIM_CHECK(check_move_by_key(draft, stored));
    std::vector<FieldError> bad;
    check_words(bad, draft);
    Secret uri = draft.uri;
    if (stored.uri_error && (!wanted.uri || holds_mask(draft.uri))) {
        bad.push_back({"uri", stored.uri_error->message + ": write the whole connection string"});
    } else if (holds_mask(draft.uri)) {
        const auto restored = with_stored_secrets(draft.uri, stored.uri);
        if (restored) uri = *restored;
        if (!restored) bad.push_back(restored.error().fields.front());
    }
    const bool uri_changed = !(uri == stored.uri);
    if (uri_changed && !holds_mask(uri)) check_uri(bad, uri, ports_.targets);
    MIM_CHECK(verdict(std::move(bad)));
    if (uri_changed || draft.db_name != stored.db_name)
        MIM_CHECK(check_removal(stored, as, "another `uri` or `db_name`"));
    // Another password leads to the same place.
    const bool moves = masked_uri(uri) != masked_uri(stored.uri) || draft.db_name != stored.db_name ||
                       place_of(uri, draft.db_name) != place_of(stored.uri, stored.db_name);

    Database database = stored;
    // Later than what was read, whatever the clock says: by its time a change is told from another.
    database.updated_at = std::max(ports_.clock.now(), stored.updated_at + Timestamp::duration{1});
    database.name = draft.name;
    database.description = draft.description;
    database.uri = std::move(uri);
    database.uri_error.reset();
    database.db_name = draft.db_name;
    database.duplicate_samples = draft.duplicate_samples.value_or(stored.duplicate_samples);
    if (uri_changed && test == ConnectionTest::perform) MIM_CHECK(test_candidate(database));
    MIM_CHECK(ports_.databases.update(database, stored.updated_at,
                                      moves ? Destination::another : Destination::same));
    ports_.targets.forget(id);
    // Protected by another of its place, it is not yet so by itself.
    const bool protection_changes =
        draft.protection && (*draft.protection != stored.protection || stored.protected_by);
    if (protection_changes)
        MIM_CHECK(ports_.databases.set_protection(id, *draft.protection, database.updated_at));
    MIM_TRY(kept, ports_.databases.get(id));
    return Change<Database>{std::move(stored), std::move(kept)};
}

// Under an id of its own, so that the pool of the stored URI stays what it is while others use it.
Done Databases::test_candidate(Database candidate) {
    candidate.id = DatabaseId::generate();
    const auto answer = probe(ports_.targets, candidate, ports_.target_deadline);
    ports_.targets.forget(candidate.id);
    if (!answer) return answer.error();
    return {};
}

Done Databases::check_confirmed_removal(const Database& database, const Confirmation& confirmation) {
    MIM_TRY(defined, defined_in(ports_.collections, database.id));
    if (defined.indexes == 0 && !confirmation.given) return {};
    std::string what = "the database '" + database.name + "'";
    if (defined.indexes > 0) {
        what += " with its index definitions (" + std::to_string(defined.indexes) +
                ", collections: " + std::to_string(defined.collections) + ")";
    }
    return check_confirmed(confirmation, database.name, what);
}

Result<std::optional<Database>> Databases::remove(const DatabaseId& id, const Confirmation& confirmation,
                                                  Role as, const UserId& by) {
    auto stored = ports_.databases.get(id);
    if (!stored && stored.error().code != ErrorCode::not_found) return stored.error();
    if (stored && as != Role::admin) MIM_CHECK(check_removal(*stored, as, "removing it"));
    if (stored) MIM_CHECK(check_confirmed_removal(*stored, confirmation));
    MIM_TRY(removal, ports_.databases.discard(id, {ports_.clock.now(), by}));
    ports_.targets.forget(id);
    // Another deletion was faster, and accounts for it.
    if (!stored || removal == Removal::nothing_there) return std::optional<Database>();
    return std::optional(std::move(*stored));
}

Result<ServerInfo> Databases::test(const DatabaseId& id) {
    MIM_TRY(database, ports_.databases.get(id));
    MIM_TRY(server, probe(ports_.targets, database, ports_.target_deadline));
    note_server(ports_.databases, database, server.release, ports_.clock.now());
    return server;
}

}  // namespace mim::app
