// Every route of the service: what leads to it, who may use it, what it reaches and does, and who carries it
// out. openapi/openapi.json describes the same list; a unit test compares the two.
#include <algorithm>
#include <array>

#include "app/model/audit.hpp"
#include "http/route.hpp"

namespace mim::http {

// Each reads the typed request, calls one use-case and writes the answer; no rule of the business is there.
// They are in controllers/, a file for each resource.
using Controller = Result<Response>(const Context& context, const Request& request);
Controller register_account, login, refresh_token, logout, get_profile, change_profile, change_password,
    reset_password;  // auth.cpp
Controller list_users, set_user_role, set_user_status, set_user_email, delete_user,
    offer_password_reset;                                  // users.cpp
Controller create_invite, list_invites, revoke_invite;     // invites.cpp
Controller create_api_key, list_api_keys, delete_api_key;  // api_keys.cpp
Controller list_audit, export_audit;                       // audit.cpp
Controller create_database, list_databases, get_database, update_database, delete_database,
    test_database;                                                                     // databases.cpp
Controller list_collections, create_collection, rename_collection, delete_collection;  // collections.cpp
Controller create_index, list_indexes, get_index, update_index, delete_index;          // indexes.cpp
Controller compare_by_collections, compare_by_database, plan;                          // comparison.cpp
Controller generate_script;                                                            // scripts.cpp
Controller sync_by_collections, sync_by_database, sync_from_database, get_sync, list_syncs, cancel_sync,
    retry_sync, restore_sync;                                                             // syncs.cpp
Controller list_dead_letters, retry_dead_letter, delete_dead_letter, clear_dead_letters;  // dead_letters.cpp
Controller list_trash, restore_trash, purge_trash;                                        // trash.cpp
Controller follow_sync;                                                                   // sync_events.cpp
Controller health, readiness, metrics, openapi, docs, public_keys;                        // operations.cpp

namespace {

using enum Method;

constexpr std::array table{
    // Accounts
    Route{post, "/auth/register", "register", Need::nothing, register_account, Reach::nothing,
          "account.register", Record::announced, Input::body, Mount::base, Where::password_pool,
          Traffic::credentials},
    Route{post, "/auth/login", "login", Need::nothing, login, Reach::nothing, "account.sign_in",
          Record::afterwards, Input::body, Mount::base, Where::password_pool, Traffic::credentials},
    Route{post, "/auth/refresh-token", "refreshToken", Need::refresh_token, refresh_token, Reach::nothing,
          "account.refresh", Record::refusals_alone, Input::nothing, Mount::base, Where::pool,
          Traffic::credentials},
    Route{post, "/auth/logout", "logout", Need::account, logout, Reach::nothing, "account.sign_out",
          Record::announced, Input::nothing},
    Route{get, "/auth/profile", "getProfile", Need::account, get_profile, Reach::nothing},
    Route{put, "/auth/profile", "changeProfile", Need::account, change_profile, Reach::nothing,
          "account.profile"},
    Route{put, "/auth/password", "changePassword", Need::account, change_password, Reach::nothing,
          "account.password", Record::announced, Input::body, Mount::base, Where::password_pool,
          Traffic::credentials},
    Route{post, "/auth/password-reset", "resetPassword", Need::nothing, reset_password, Reach::nothing,
          "account.reset", Record::announced, Input::body, Mount::base, Where::password_pool,
          Traffic::credentials},

    // Who may do what
    Route{post, "/users/list", "listUsers", Need::administer, list_users, Reach::nothing},
    Route{put, "/users/:id/role", "setUserRole", Need::administer, set_user_role, Reach::nothing,
          "account.role"},
    Route{put, "/users/:id/status", "setUserStatus", Need::administer, set_user_status, Reach::nothing,
          "account.status"},
    Route{put, "/users/:id/email", "setUserEmail", Need::administer, set_user_email, Reach::nothing,
          "account.email"},
    Route{post, "/users/:id/password-reset", "offerPasswordReset", Need::administer, offer_password_reset,
          Reach::nothing, "account.reset_offer", Record::announced, Input::nothing},
    Route{remove, "/users/:id", "deleteUser", Need::administer, delete_user, Reach::nothing, "account.delete",
          Record::announced, Input::body},
    Route{post, "/invites", "createInvite", Need::administer, create_invite, Reach::nothing, "invite.create"},
    Route{get,
          "/invites",
          "listInvites",
          Need::administer,
          list_invites,
          Reach::nothing,
          {},
          Record::announced,
          Input::parameters},
    Route{remove, "/invites/:id", "revokeInvite", Need::administer, revoke_invite, Reach::nothing,
          "invite.revoke"},

    // API keys
    Route{post, "/api-keys", "createApiKey", Need::account, create_api_key, Reach::nothing, "api_key.create"},
    Route{get,
          "/api-keys",
          "listApiKeys",
          Need::account,
          list_api_keys,
          Reach::nothing,
          {},
          Record::announced,
          Input::parameters},
    Route{remove, "/api-keys/:id", "deleteApiKey", Need::account, delete_api_key, Reach::nothing,
          "api_key.delete"},

    // Audit log
    Route{post, "/audit/list", "listAudit", Need::administer, list_audit, Reach::nothing},
    Route{get,
          "/audit/export",
          "exportAudit",
          Need::administer,
          export_audit,
          Reach::nothing,
          {},
          Record::announced,
          Input::parameters},

    // Databases
    Route{post, "/databases", "createDatabase", Need::write, create_database, Reach::unbounded,
          "database.create", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{post, "/databases/list", "listDatabases", Need::read, list_databases, Reach::listed},
    Route{get, "/databases/:id", "getDatabase", Need::read, get_database, Reach::path},
    Route{put, "/databases/:id", "updateDatabase", Need::write, update_database, Reach::path,
          "database.update", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{remove, "/databases/:id", "deleteDatabase", Need::write, delete_database, Reach::path,
          "database.delete", Record::announced, Input::body},
    Route{post, "/databases/:id/test", "testDatabase", Need::read, test_database, Reach::path,
          "database.test", Record::afterwards, Input::nothing, Mount::base, Where::target_pool},

    // Collections
    Route{post,
          "/databases/collections/list",
          "listCollections",
          Need::read,
          list_collections,
          Reach::body,
          {},
          Record::announced,
          Input::body,
          Mount::base,
          Where::target_pool},
    Route{post, "/databases/collections", "createCollection", Need::write, create_collection, Reach::body,
          "collection.create", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{put, "/databases/collections", "renameCollection", Need::write, rename_collection, Reach::body,
          "collection.rename", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{remove, "/databases/collections", "deleteCollection", Need::write, delete_collection, Reach::body,
          "collection.delete", Record::announced, Input::body, Mount::base, Where::target_pool},

    // Index definitions
    Route{post, "/indexes", "createIndex", Need::write, create_index, Reach::body, "index.create"},
    Route{post, "/indexes/list-by-collection", "listIndexes", Need::read, list_indexes, Reach::body},
    Route{get, "/indexes/:id", "getIndex", Need::read, get_index, Reach::index},
    Route{put, "/indexes/:id", "updateIndex", Need::write, update_index, Reach::index, "index.update"},
    Route{remove, "/indexes/:id", "deleteIndex", Need::write, delete_index, Reach::index, "index.delete"},

    // Comparison and plan
    Route{post,
          "/indexes/compare-by-collections",
          "compareByCollections",
          Need::read,
          compare_by_collections,
          Reach::body,
          {},
          Record::announced,
          Input::body,
          Mount::base,
          Where::target_pool},
    Route{post,
          "/indexes/compare-by-database",
          "compareByDatabase",
          Need::read,
          compare_by_database,
          Reach::body,
          {},
          Record::announced,
          Input::body,
          Mount::base,
          Where::target_pool},
    Route{post,
          "/indexes/plan",
          "plan",
          Need::read,
          plan,
          Reach::body,
          {},
          Record::announced,
          Input::body,
          Mount::base,
          Where::target_pool},
    Route{post,
          "/indexes/generate-script",
          "generateScript",
          Need::read,
          generate_script,
          Reach::body,
          {},
          Record::announced,
          Input::body,
          Mount::base,
          Where::target_pool},

    // Syncs
    Route{post, "/indexes/sync-by-collections", "syncByCollections", Need::write, sync_by_collections,
          Reach::body, "sync.submit", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{post, "/indexes/sync-by-database", "syncByDatabase", Need::write, sync_by_database, Reach::body,
          "sync.submit", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{post, "/indexes/sync-from-database", "syncFromDatabase", Need::write, sync_from_database,
          Reach::body, "index.import", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{get, "/indexes/sync-status/:sync_id", "getSync", Need::read, get_sync, Reach::sync},
    Route{get,
          "/indexes/sync-status/by-database/:database_id",
          "listSyncs",
          Need::read,
          list_syncs,
          Reach::path,
          {},
          Record::announced,
          Input::parameters},
    Route{get, "/indexes/sync-status/:sync_id/events", "followSync", Need::read, follow_sync, Reach::sync},
    Route{post, "/indexes/sync-status/:sync_id/cancel", "cancelSync", Need::write, cancel_sync, Reach::sync,
          "sync.cancel", Record::announced, Input::nothing},
    Route{post, "/indexes/sync-status/:sync_id/retry", "retrySync", Need::write, retry_sync, Reach::sync,
          "sync.retry", Record::announced, Input::body, Mount::base, Where::target_pool},
    Route{post, "/indexes/sync-status/:sync_id/restore", "restoreSync", Need::write, restore_sync,
          Reach::sync, "sync.restore", Record::announced, Input::body, Mount::base, Where::target_pool},

    // What was deleted
    Route{post, "/trash/list", "listTrash", Need::read, list_trash, Reach::unbounded},
    Route{post, "/trash/:id/restore", "restoreTrash", Need::write, restore_trash, Reach::unbounded,
          "trash.restore", Record::announced, Input::nothing},
    Route{remove, "/trash/:id", "purgeTrash", Need::administer, purge_trash, Reach::nothing, "trash.purge"},

    // Jobs that were given up
    Route{get,
          "/queue/dead-letters",
          "listDeadLetters",
          Need::read,
          list_dead_letters,
          Reach::unbounded,
          {},
          Record::announced,
          Input::parameters},
    Route{remove, "/queue/dead-letters", "clearDeadLetters", Need::write, clear_dead_letters,
          Reach::unbounded, "dead_letter.clear"},
    Route{post, "/queue/dead-letters/:sync_id/retry", "retryDeadLetter", Need::write, retry_dead_letter,
          Reach::sync, "dead_letter.retry"},
    Route{remove, "/queue/dead-letters/:sync_id", "deleteDeadLetter", Need::write, delete_dead_letter,
          Reach::sync, "dead_letter.delete"},

    // Operations
    Route{get,
          "/healthz",
          "health",
          Need::nothing,
          health,
          Reach::nothing,
          {},
          Record::announced,
          Input::nothing,
          Mount::root,
          Where::io_thread},
    Route{get,
          "/readyz",
          "readiness",
          Need::nothing,
          readiness,
          Reach::nothing,
          {},
          Record::announced,
          Input::nothing,
          Mount::root,
          Where::operations_pool},
    Route{get,
          "/metrics",
          "metrics",
          Need::nothing,
          metrics,
          Reach::nothing,
          {},
          Record::announced,
          Input::nothing,
          Mount::root,
          Where::operations_pool},
    Route{get,
          "/.well-known/jwks.json",
          "publicKeys",
          Need::nothing,
          public_keys,
          Reach::nothing,
          {},
          Record::announced,
          Input::nothing,
          Mount::root,
          Where::io_thread},
    Route{get,
          "/openapi.json",
          "openapi",
          Need::nothing,
          openapi,
          Reach::nothing,
          {},
          Record::announced,
          Input::nothing,
          Mount::root,
          Where::io_thread},
    Route{get,
          "/docs",
          "docs",
          Need::nothing,
          docs,
          Reach::nothing,
          {},
          Record::announced,
          Input::nothing,
          Mount::root,
          Where::io_thread},
};

static_assert(std::ranges::all_of(table, [](const Route& route) {
    return route.action.empty() ||
           std::ranges::find(app::audit_actions, route.action) != app::audit_actions.end();
}));

}  // namespace

std::span<const Route> routes() {
    return table;
}

std::string_view to_string(Need need) {
    switch (need) {
        case Need::nothing:
            return "nothing";
        case Need::refresh_token:
            return "refresh_token";
        case Need::account:
            return "account";
        case Need::read:
            return "read";
        case Need::write:
            return "write";
        case Need::administer:
            return "administer";
    }
    return "administer";
}

}  // namespace mim::http
