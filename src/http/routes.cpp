// Every route of the service. openapi/openapi.json describes the same list; a unit test compares the two.
#include <array>

#include "http/controllers/controllers.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

using enum Method;

constexpr std::array table{
    // Accounts
    Route{post, "/auth/register", "register", Need::nothing, register_account, Mount::base,
          Where::password_pool, Traffic::credentials},
    Route{post, "/auth/login", "login", Need::nothing, login, Mount::base, Where::password_pool,
          Traffic::credentials},
    Route{post, "/auth/refresh-token", "refreshToken", Need::refresh_token, refresh_token, Mount::base,
          Where::pool, Traffic::credentials},
    Route{post, "/auth/logout", "logout", Need::account, logout},
    Route{get, "/auth/profile", "getProfile", Need::account, get_profile},
    Route{put, "/auth/profile", "changeProfile", Need::account, change_profile},
    Route{put, "/auth/password", "changePassword", Need::account, change_password, Mount::base,
          Where::password_pool, Traffic::credentials},
    Route{post, "/auth/password-reset", "resetPassword", Need::nothing, reset_password, Mount::base,
          Where::password_pool, Traffic::credentials},

    // Who may do what
    Route{post, "/users/list", "listUsers", Need::administer, list_users},
    Route{put, "/users/:id/role", "setUserRole", Need::administer, set_user_role},
    Route{put, "/users/:id/status", "setUserStatus", Need::administer, set_user_status},
    Route{put, "/users/:id/email", "setUserEmail", Need::administer, set_user_email},
    Route{post, "/users/:id/password-reset", "offerPasswordReset", Need::administer, offer_password_reset},
    Route{remove, "/users/:id", "deleteUser", Need::administer, delete_user},
    Route{post, "/invites", "createInvite", Need::administer, create_invite},
    Route{get, "/invites", "listInvites", Need::administer, list_invites},
    Route{remove, "/invites/:id", "revokeInvite", Need::administer, revoke_invite},

    // API keys
    Route{post, "/api-keys", "createApiKey", Need::account, create_api_key},
    Route{get, "/api-keys", "listApiKeys", Need::account, list_api_keys},
    Route{remove, "/api-keys/:id", "deleteApiKey", Need::account, delete_api_key},

    // Audit log
    Route{post, "/audit/list", "listAudit", Need::administer, list_audit},
    Route{get, "/audit/export", "exportAudit", Need::administer, export_audit},

    // Databases
    Route{post, "/databases", "createDatabase", Need::write, create_database},
    Route{post, "/databases/list", "listDatabases", Need::read, list_databases},
    Route{get, "/databases/:id", "getDatabase", Need::read, get_database},
    Route{put, "/databases/:id", "updateDatabase", Need::write, update_database},
    Route{remove, "/databases/:id", "deleteDatabase", Need::write, delete_database},
    Route{post, "/databases/:id/test", "testDatabase", Need::read, test_database},

    // Collections
    Route{post, "/databases/collections/list", "listCollections", Need::read, list_collections},
    Route{post, "/databases/collections", "createCollection", Need::write, create_collection},
    Route{put, "/databases/collections", "renameCollection", Need::write, rename_collection},
    Route{remove, "/databases/collections", "deleteCollection", Need::write, delete_collection},

    // Index definitions
    Route{post, "/indexes", "createIndex", Need::write, create_index},
    Route{post, "/indexes/list-by-collection", "listIndexes", Need::read, list_indexes},
    Route{get, "/indexes/:id", "getIndex", Need::read, get_index},
    Route{put, "/indexes/:id", "updateIndex", Need::write, update_index},
    Route{remove, "/indexes/:id", "deleteIndex", Need::write, delete_index},

    // Comparison and plan
    Route{post, "/indexes/compare-by-collections", "compareByCollections", Need::read,
          compare_by_collections},
    Route{post, "/indexes/compare-by-database", "compareByDatabase", Need::read, compare_by_database},
    Route{post, "/indexes/plan", "plan", Need::read, plan},
    Route{post, "/indexes/generate-script", "generateScript", Need::read, generate_script},

    // Syncs
    Route{post, "/indexes/sync-by-collections", "syncByCollections", Need::write, sync_by_collections},
    Route{post, "/indexes/sync-by-database", "syncByDatabase", Need::write, sync_by_database},
    Route{post, "/indexes/sync-from-database", "syncFromDatabase", Need::write, sync_from_database},
    Route{get, "/indexes/sync-status/:sync_id", "getSync", Need::read, get_sync},
    Route{get, "/indexes/sync-status/by-database/:database_id", "listSyncs", Need::read, list_syncs},
    Route{get, "/indexes/sync-status/:sync_id/events", "followSync", Need::read, follow_sync},
    Route{post, "/indexes/sync-status/:sync_id/cancel", "cancelSync", Need::write, cancel_sync},
    Route{post, "/indexes/sync-status/:sync_id/retry", "retrySync", Need::write, retry_sync},
    Route{post, "/indexes/sync-status/:sync_id/restore", "restoreSync", Need::write, restore_sync},

    // What was deleted
    Route{post, "/trash/list", "listTrash", Need::read, list_trash},
    Route{post, "/trash/:id/restore", "restoreTrash", Need::write, restore_trash},
    Route{remove, "/trash/:id", "purgeTrash", Need::administer, purge_trash},

    // Jobs that were given up
    Route{get, "/queue/dead-letters", "listDeadLetters", Need::read, list_dead_letters},
    Route{remove, "/queue/dead-letters", "clearDeadLetters", Need::write, clear_dead_letters},
    Route{post, "/queue/dead-letters/:sync_id/retry", "retryDeadLetter", Need::write, retry_dead_letter},
    Route{remove, "/queue/dead-letters/:sync_id", "deleteDeadLetter", Need::write, delete_dead_letter},

    // Operations
    Route{get, "/healthz", "health", Need::nothing, health, Mount::root, Where::io_thread},
    Route{get, "/readyz", "readiness", Need::nothing, readiness, Mount::root, Where::operations_pool},
    Route{get, "/metrics", "metrics", Need::nothing, metrics, Mount::root, Where::operations_pool},
    Route{get, "/.well-known/jwks.json", "publicKeys", Need::nothing, public_keys, Mount::root,
          Where::io_thread},
    Route{get, "/openapi.json", "openapi", Need::nothing, openapi, Mount::root, Where::io_thread},
    Route{get, "/docs", "docs", Need::nothing, docs, Mount::root, Where::io_thread},
};

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
