#include "store/mongodb/mongodb_store.hpp"

#include "store/mongodb/accounts.hpp"
#include "store/mongodb/fields.hpp"
#include "store/mongodb/leaving.hpp"
#include "store/mongodb/looks.hpp"
#include "store/mongodb/migrations.hpp"
#include "store/mongodb/names.hpp"
#include "store/mongodb/older_versions.hpp"
#include "store/mongodb/probe.hpp"

namespace mim::store {
namespace mongodb {
namespace {

// FerretDB before 2.0 looks at a document, then changes it, and two clients do so at once: no fence, no lock
// and no counter holds on it.
Done refuse_servers_without_atomic_updates(Link& link) {
    MIM_TRY(reply, link.run_on_admin(fields("buildInfo", 1)));
    const auto ferret = Reader(reply).optional_text("ferretdbVersion");
    if (!ferret) return {};
    if (ferret->starts_with("v1.") || ferret->starts_with("v0.")) {
        return Error(ErrorCode::store_failed, "FerretDB " + *ferret +
                                                  " cannot be the store: its updates are not atomic; use "
                                                  "MongoDB 4.4 or newer");
    }
    return {};
}

// Of accounts that were written before it was noted, or were copied here.
Done note_accounts_there_are(Link& link) {
    MIM_TRY(accounts, link.count(names::users, {}));
    return accounts > 0 ? note_accounts(link) : Done();
}

}  // namespace
}  // namespace mongodb

Result<std::shared_ptr<mongodb::Link>> open_mongodb(const MongoDeployment& deployment, const Clock& clock) {
    drivers::mongoc::PoolSettings settings;
    settings.most_clients = deployment.most_connections;
    settings.server_selection_timeout = deployment.patience;
    settings.connect_timeout = deployment.server_selection;
    settings.socket_timeout = deployment.patience;
    settings.wait_for_client = deployment.patience;
    settings.application_name = "mim store";
    settings.learns = deployment.servers;
    MIM_TRY(link, mongodb::Link::open(deployment.uri, settings, deployment.patience));
    MIM_CHECK(mongodb::refuse_servers_without_atomic_updates(*link));
    MIM_CHECK(mongodb::check_transactions(*link));
    MIM_CHECK(mongodb::migrate(*link, mongodb::all_migrations(), clock.now()));
    MIM_CHECK(mongodb::note_accounts_there_are(*link));
    MIM_CHECK(mongodb::note_missing_looks(*link));
    MIM_CHECK(mongodb::carry_over_all(*link));
    MIM_CHECK(mongodb::sweep(*link, mongodb::parts_of_a_request));
    link->hide_hosts();
    return link;
}

std::string database_of(const mongodb::Link& link) {
    return link.database();
}

Done ping(mongodb::Link& link) {
    MIM_CHECK(link.run_on_admin(mongodb::fields("ping", 1)));
    return {};
}

Stores create_mongodb_stores(const std::shared_ptr<mongodb::Link>& link) {
    return {create_mongodb_user_store(link),          create_mongodb_token_family_store(link),
            create_mongodb_database_store(link),      create_mongodb_definition_store(link),
            create_mongodb_collection_store(link),    create_mongodb_sync_store(link),
            create_mongodb_sync_progress_store(link), create_mongodb_job_feed(link),
            create_mongodb_invite_store(link),        create_mongodb_api_key_store(link),
            create_mongodb_audit_store(link),         create_mongodb_trash_store(link)};
}

}  // namespace mim::store
