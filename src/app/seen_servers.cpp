#include "app/seen_servers.hpp"

namespace mim::app {

void note_server(DatabaseStore& databases, Database& database, const index::ServerRelease& release,
                 Timestamp now) {
    const SeenServer seen = seen_after(database.seen_server, release, now);
    if (database.seen_server == seen) return;
    static_cast<void>(databases.set_seen_server(database.id, seen, database.seen_server));
    database.seen_server = seen;
}

}  // namespace mim::app
