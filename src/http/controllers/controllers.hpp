// Every controller: reads the typed request, calls one use-case, writes the answer. No rule of the business
// here. All block and run on the work pool, but those whose route says otherwise. One file per resource.
#pragma once

#include "http/route.hpp"

namespace mim::http {

// auth.cpp
Result<Response> register_account(const Context& context, const Request& request);
Result<Response> login(const Context& context, const Request& request);
Result<Response> refresh_token(const Context& context, const Request& request);
Result<Response> logout(const Context& context, const Request& request);
Result<Response> get_profile(const Context& context, const Request& request);
Result<Response> change_profile(const Context& context, const Request& request);
Result<Response> change_password(const Context& context, const Request& request);
Result<Response> reset_password(const Context& context, const Request& request);

// users.cpp
Result<Response> list_users(const Context& context, const Request& request);
Result<Response> set_user_role(const Context& context, const Request& request);
Result<Response> set_user_status(const Context& context, const Request& request);
Result<Response> set_user_email(const Context& context, const Request& request);
Result<Response> delete_user(const Context& context, const Request& request);
Result<Response> offer_password_reset(const Context& context, const Request& request);

// invites.cpp
Result<Response> create_invite(const Context& context, const Request& request);
Result<Response> list_invites(const Context& context, const Request& request);
Result<Response> revoke_invite(const Context& context, const Request& request);
// api_keys.cpp
Result<Response> create_api_key(const Context& context, const Request& request);
Result<Response> list_api_keys(const Context& context, const Request& request);
Result<Response> delete_api_key(const Context& context, const Request& request);

// audit.cpp
Result<Response> list_audit(const Context& context, const Request& request);
Result<Response> export_audit(const Context& context, const Request& request);

// databases.cpp
Result<Response> create_database(const Context& context, const Request& request);
Result<Response> list_databases(const Context& context, const Request& request);
Result<Response> get_database(const Context& context, const Request& request);
Result<Response> update_database(const Context& context, const Request& request);
Result<Response> delete_database(const Context& context, const Request& request);
Result<Response> test_database(const Context& context, const Request& request);

// collections.cpp
Result<Response> list_collections(const Context& context, const Request& request);
Result<Response> create_collection(const Context& context, const Request& request);
Result<Response> rename_collection(const Context& context, const Request& request);
Result<Response> delete_collection(const Context& context, const Request& request);

// indexes.cpp
Result<Response> create_index(const Context& context, const Request& request);
Result<Response> list_indexes(const Context& context, const Request& request);
Result<Response> get_index(const Context& context, const Request& request);
Result<Response> update_index(const Context& context, const Request& request);
Result<Response> delete_index(const Context& context, const Request& request);

// comparison.cpp
Result<Response> compare_by_collections(const Context& context, const Request& request);
Result<Response> compare_by_database(const Context& context, const Request& request);
Result<Response> plan(const Context& context, const Request& request);

// scripts.cpp
Result<Response> generate_script(const Context& context, const Request& request);

// syncs.cpp
Result<Response> sync_by_collections(const Context& context, const Request& request);
Result<Response> sync_by_database(const Context& context, const Request& request);
Result<Response> sync_from_database(const Context& context, const Request& request);
Result<Response> get_sync(const Context& context, const Request& request);
Result<Response> list_syncs(const Context& context, const Request& request);
Result<Response> cancel_sync(const Context& context, const Request& request);
Result<Response> retry_sync(const Context& context, const Request& request);
Result<Response> restore_sync(const Context& context, const Request& request);

// dead_letters.cpp
Result<Response> list_dead_letters(const Context& context, const Request& request);
Result<Response> retry_dead_letter(const Context& context, const Request& request);
Result<Response> delete_dead_letter(const Context& context, const Request& request);
Result<Response> clear_dead_letters(const Context& context, const Request& request);

// trash.cpp
Result<Response> list_trash(const Context& context, const Request& request);
Result<Response> restore_trash(const Context& context, const Request& request);
Result<Response> purge_trash(const Context& context, const Request& request);

// sync_events.cpp
Result<Response> follow_sync(const Context& context, const Request& request);

// operations.cpp
Result<Response> health(const Context& context, const Request& request);
Result<Response> readiness(const Context& context, const Request& request);
Result<Response> metrics(const Context& context, const Request& request);
Result<Response> openapi(const Context& context, const Request& request);
Result<Response> docs(const Context& context, const Request& request);
Result<Response> public_keys(const Context& context, const Request& request);

}  // namespace mim::http
