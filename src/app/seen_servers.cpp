#include "app/seen_servers.hpp"

namespace mim::app {

void note_server(DatabaseStore& databases, Database& database, const index::ServerRelease& release,
                 Timestamp now) {
    const SeenServer seen = seen_after(database.seen_server, release, now);
    if (database.seen_server == seen) return;
    static_cast<void>(databases.set_seen_server(database.id, seen, database.seen_server));
    database.seen_server = seen;
}

void forget_earlier_rules(DatabaseStore& databases, const Database& database) {
    if (!database.seen_server || !database.seen_server->rules_before) return;
    SeenServer settled = *database.seen_server;
    settled.rules_before.reset();
    // It is another one by now where this takes no effect, and its rules were never met.
    static_cast<void>(databases.set_seen_server(database.id, settled, database.seen_server));
}

}  // namespace mim::app
