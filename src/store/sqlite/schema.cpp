#include "store/sqlite/schema.hpp"

#include <array>

namespace mim::store {
namespace {

// Ids are 24 hex digits, times are milliseconds since 1970, BSON is a blob. Tables found by a text id have no
// rowid: one tree to descend instead of two.
constexpr const char* first = R"sql(
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    username TEXT NOT NULL,
    username_folded TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    avatar TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'editor', 'viewer'))
) STRICT, WITHOUT ROWID;

-- Not tied to users: a session of an account that is gone counts as revoked.
CREATE TABLE token_families (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    current_refresh_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX token_families_by_user ON token_families (user);
CREATE INDEX token_families_by_expiry ON token_families (expires_at);

CREATE TABLE databases (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    uri TEXT NOT NULL,
    db_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX databases_by_age ON databases (created_at, id);

CREATE TABLE definitions (
    id TEXT PRIMARY KEY,
    database TEXT NOT NULL REFERENCES databases (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    collection TEXT NOT NULL,
    name TEXT NOT NULL,
    key BLOB NOT NULL,
    options BLOB NOT NULL,
    signature TEXT NOT NULL,
    unique_key TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX definitions_by_name ON definitions (database, collection, name);
CREATE UNIQUE INDEX definitions_by_signature ON definitions (database, collection, signature);
CREATE UNIQUE INDEX definitions_by_unique_key ON definitions (database, collection, unique_key)
    WHERE unique_key IS NOT NULL;

CREATE TABLE syncs (
    id TEXT PRIMARY KEY,
    database TEXT NOT NULL REFERENCES databases (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    started_at INTEGER,
    completed_at INTEGER,
    collections BLOB NOT NULL,
    missing TEXT NOT NULL,
    extra TEXT NOT NULL,
    changed TEXT NOT NULL,
    drop_mode TEXT NOT NULL,
    names TEXT NOT NULL,
    fingerprint TEXT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
    progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    points INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    total_tasks INTEGER NOT NULL DEFAULT 0,
    completed_tasks INTEGER NOT NULL DEFAULT 0,
    requested_by TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX syncs_by_age ON syncs (database, created_at, id);
CREATE UNIQUE INDEX syncs_one_active ON syncs (database) WHERE status IN ('pending', 'running');

CREATE TABLE sync_records (
    sync TEXT NOT NULL REFERENCES syncs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    collection TEXT NOT NULL,
    index_name TEXT NOT NULL,
    action TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'skipped', 'cancelled')),
    started_at INTEGER,
    completed_at INTEGER,
    progress INTEGER NOT NULL,
    error_code INTEGER,
    error_name TEXT,
    error_message TEXT,
    reason TEXT NOT NULL,
    risk TEXT NOT NULL,
    statement TEXT NOT NULL,
    definition BLOB NOT NULL,
    PRIMARY KEY (sync, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    sync TEXT PRIMARY KEY REFERENCES syncs (id) ON DELETE CASCADE,
    due_at INTEGER NOT NULL,
    leased_until INTEGER,
    worker TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- When a job can be leased next: once due, or once the lease on it ends.
CREATE INDEX jobs_by_readiness ON jobs (COALESCE(leased_until, due_at), sync);
)sql";

// What a record needs to be restored by, and to say which duplicates kept a unique index from being built.
constexpr const char* restorations = R"sql(
ALTER TABLE syncs ADD COLUMN restoration BLOB;
ALTER TABLE sync_records ADD COLUMN definition_id TEXT;
ALTER TABLE sync_records ADD COLUMN duplicates BLOB;
)sql";

constexpr const char* dead_letters = R"sql(
CREATE TABLE dead_letters (
    sync TEXT PRIMARY KEY REFERENCES syncs (id) ON DELETE CASCADE,
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    buried_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dead_letters_by_age ON dead_letters (buried_at, sync);
)sql";

// Who may do what: accounts that are disabled, invites, protected databases, and what the requester of a sync
// was. Until now everybody who could sync was an editor at least.
constexpr const char* access = R"sql(
ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1));
CREATE INDEX users_by_age ON users (created_at, id);
CREATE INDEX users_who_administer ON users (id) WHERE role = 'admin' AND disabled = 0;
ALTER TABLE databases ADD COLUMN protected INTEGER NOT NULL DEFAULT 0 CHECK (protected IN (0, 1));
ALTER TABLE syncs ADD COLUMN requested_as TEXT NOT NULL DEFAULT 'editor'
    CHECK (requested_as IN ('admin', 'editor', 'viewer'));

CREATE TABLE invites (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    prefix TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('admin', 'editor', 'viewer')),
    email TEXT,
    used_at INTEGER,
    used_by TEXT,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX invites_by_age ON invites (created_at, id);
)sql";

// Not tied to users: a key goes with its owner, who is removed by a statement that says so; nor to databases:
// a key that has lost its database stays bound. The audit log is only ever added to; beside what is searched
// for, `entry` holds all of it.
constexpr const char* machines_and_audit = R"sql(
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    databases TEXT,
    expires_at INTEGER,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX api_keys_by_age ON api_keys (created_at, id);
CREATE INDEX api_keys_by_owner ON api_keys (owner, created_at, id);

CREATE TABLE audit_intents (
    id TEXT PRIMARY KEY,
    began_at INTEGER NOT NULL,
    entry BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_intents_by_age ON audit_intents (began_at, id);

CREATE TABLE audit_log (
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    user TEXT,
    database TEXT,
    entry BLOB NOT NULL
) STRICT;
CREATE INDEX audit_log_by_time ON audit_log (at, id);
CREATE INDEX audit_log_by_database ON audit_log (database, at, id);
CREATE INDEX audit_log_by_user ON audit_log (user, at, id);
CREATE INDEX audit_log_by_action ON audit_log (action, at, id);
CREATE TRIGGER audit_log_keeps_entries BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_log_keeps_words BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
-- What replaces an entry would remove the old one past the triggers above.
CREATE TRIGGER audit_log_keeps_ids BEFORE INSERT ON audit_log
WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
)sql";

// A session lives only while its version is its user's.
constexpr const char* session_versions = R"sql(
ALTER TABLE users ADD COLUMN session_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN kept_family TEXT;
ALTER TABLE token_families ADD COLUMN session_version INTEGER NOT NULL DEFAULT 0;
)sql";

// What users' documents hold is not kept: neither as samples nor in the server's words.
constexpr const char* no_samples = R"sql(
ALTER TABLE databases ADD COLUMN show_duplicates INTEGER NOT NULL DEFAULT 1 CHECK (show_duplicates IN (0, 1));
UPDATE sync_records SET duplicates = NULL WHERE duplicates IS NOT NULL;
ALTER TABLE sync_records DROP COLUMN duplicates;
UPDATE sync_records SET error_message = substr(error_message, 1, instr(error_message, ' dup key') - 1)
    WHERE instr(error_message, ' dup key') > 0;
-- With these codes the server's words are about definitions; with any other, braces may quote a document.
UPDATE syncs SET error = substr(error, 1, instr(error, '{') - 1)
    WHERE instr(error, '{') > 0 AND id IN (SELECT sync FROM sync_records WHERE instr(error_message, '{') > 0
        AND error_code NOT IN (2, 9, 13, 14, 20, 26, 27, 59, 67, 68, 72, 73, 85, 86, 115, 166, 197));
UPDATE sync_records SET error_message = substr(error_message, 1, instr(error_message, '{') - 1)
    WHERE instr(error_message, '{') > 0
        AND error_code NOT IN (2, 9, 13, 14, 20, 26, 27, 59, 67, 68, 72, 73, 85, 86, 115, 166, 197);
)sql";

constexpr const char* failures = R"sql(
ALTER TABLE syncs ADD COLUMN on_failure TEXT NOT NULL DEFAULT 'hold';
)sql";

// Collections that are listed although they have no definitions: they were made through us. The refresh
// tokens of a session beside its newest one. Where a database leads. How long the lease or the delay of a job
// is, whose end is stored: an end that lies much further away was told by a clock that was ahead. The last
// two are unknown of what an older version wrote.
constexpr const char* clients_and_clocks = R"sql(
CREATE TABLE made_collections (
    id TEXT NOT NULL UNIQUE,
    database TEXT NOT NULL REFERENCES databases (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (database, name)
) STRICT, WITHOUT ROWID;
ALTER TABLE token_families ADD COLUMN other_refresh_ids TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN span INTEGER;
ALTER TABLE databases ADD COLUMN place TEXT;
CREATE INDEX databases_by_place ON databases (place);
CREATE INDEX jobs_by_distance ON jobs (COALESCE(leased_until, due_at) - 2 * span, sync);
)sql";

// Workers that vanished over a sync without getting it further, and how far it was when the last one did.
constexpr const char* vanished_workers = R"sql(
ALTER TABLE syncs ADD COLUMN vanished INTEGER NOT NULL DEFAULT 0;
ALTER TABLE syncs ADD COLUMN vanished_at_points INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
)sql";

// That there was an account, once and for ever: nobody is the first after that, not even in an empty table.
constexpr const char* had_accounts = R"sql(
CREATE TABLE had_accounts (id INTEGER PRIMARY KEY CHECK (id = 1), since INTEGER NOT NULL) STRICT;
INSERT INTO had_accounts (id, since) SELECT 1, created_at FROM users ORDER BY created_at LIMIT 1;
CREATE TRIGGER accounts_leave_a_mark AFTER INSERT ON users
BEGIN
    INSERT OR IGNORE INTO had_accounts (id, since) VALUES (1, NEW.created_at);
END;
CREATE TRIGGER had_accounts_stays BEFORE DELETE ON had_accounts
BEGIN
    SELECT RAISE(ABORT, 'that there were accounts is not forgotten');
END;
)sql";

// An administrator's offer of a new password, by its token's hash.
constexpr const char* password_resets = R"sql(
ALTER TABLE users ADD COLUMN reset_token_hash TEXT;
ALTER TABLE users ADD COLUMN reset_expires_at INTEGER;
CREATE UNIQUE INDEX users_by_reset ON users (reset_token_hash) WHERE reset_token_hash IS NOT NULL;
)sql";

// What was deleted, row by row as it was; nothing of it is unique here, but an entry's own rows.
constexpr const char* trashed_things = R"sql(
CREATE TABLE trash (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('database', 'definitions', 'account')),
    deleted_at INTEGER NOT NULL,
    deleted_by TEXT NOT NULL,
    name TEXT NOT NULL,
    database TEXT,
    definitions INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX trash_by_age ON trash (deleted_at, id);

CREATE TABLE trash_databases (
    trash TEXT PRIMARY KEY REFERENCES trash (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    uri TEXT NOT NULL,
    db_name TEXT NOT NULL,
    protected INTEGER NOT NULL,
    show_duplicates INTEGER NOT NULL,
    place TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX trash_databases_by_database ON trash_databases (id);

CREATE TABLE trash_definitions (
    trash TEXT NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    database TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    collection TEXT NOT NULL,
    name TEXT NOT NULL,
    key BLOB NOT NULL,
    options BLOB NOT NULL,
    signature TEXT NOT NULL,
    unique_key TEXT,
    PRIMARY KEY (trash, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE trash_collections (
    trash TEXT NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    database TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (trash, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE trash_users (
    trash TEXT PRIMARY KEY REFERENCES trash (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    username TEXT NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    avatar TEXT NOT NULL,
    role TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    session_version INTEGER NOT NULL,
    kept_family TEXT,
    username_folded TEXT NOT NULL,
    email_folded TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Who offered a reset. Of those that are open nobody knows: they are over.
constexpr const char* offered_resets = R"sql(
ALTER TABLE users ADD COLUMN reset_offered_by TEXT;
UPDATE users SET reset_token_hash = NULL, reset_expires_at = NULL WHERE reset_token_hash IS NOT NULL;
CREATE INDEX users_by_offer ON users (reset_offered_by) WHERE reset_offered_by IS NOT NULL;
)sql";

// What names look like (looks.hpp), filled at the start; a version of NULL says that they are missing. None
// is unique: names of before may look alike.
constexpr const char* looks_of_names = R"sql(
CREATE TABLE user_looks (
    user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    look TEXT NOT NULL,
    PRIMARY KEY (user, look)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_looks_by_look ON user_looks (look);

CREATE TABLE database_looks (
    database TEXT NOT NULL REFERENCES databases (id) ON DELETE CASCADE,
    look TEXT NOT NULL,
    PRIMARY KEY (database, look)
) STRICT, WITHOUT ROWID;
CREATE INDEX database_looks_by_look ON database_looks (look);

ALTER TABLE users ADD COLUMN looks_version TEXT;
ALTER TABLE databases ADD COLUMN looks_version TEXT;
)sql";

// Which server was seen behind a database (app/model/seen_server.hpp). Of older ones nobody knows: the next
// look tells.
constexpr const char* seen_servers = R"sql(
ALTER TABLE databases ADD COLUMN seen_server TEXT;
ALTER TABLE trash_databases ADD COLUMN seen_server TEXT;
)sql";

constexpr std::array<Migration, 16> all_migrations{{{1, "first", first},
                                                    {2, "restorations", restorations},
                                                    {3, "dead letters", dead_letters},
                                                    {4, "access", access},
                                                    {5, "machines and audit", machines_and_audit},
                                                    {6, "session versions", session_versions},
                                                    {7, "no samples", no_samples},
                                                    {8, "failures", failures},
                                                    {9, "clients and clocks", clients_and_clocks},
                                                    {10, "vanished workers", vanished_workers},
                                                    {11, "had accounts", had_accounts},
                                                    {12, "password resets", password_resets},
                                                    {13, "trash", trashed_things},
                                                    {14, "offered resets", offered_resets},
                                                    {15, "looks", looks_of_names},
                                                    {16, "seen servers", seen_servers}}};

}  // namespace

std::span<const Migration> migrations() {
    return all_migrations;
}

}  // namespace mim::store
