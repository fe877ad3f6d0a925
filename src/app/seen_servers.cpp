#include "app/seen_servers.hpp"

#include <algorithm>

#include "app/desired_state.hpp"

namespace mim::app {
namespace {

bool covers_all(std::vector<std::string> collections, const std::vector<Definition>& definitions) {
    std::sort(collections.begin(), collections.end());
    const auto defined = collections_of(definitions);
    return std::includes(collections.begin(), collections.end(), defined.begin(), defined.end());
}

}  // namespace

void note_server(DatabaseStore& databases, Database& database, const index::ServerRelease& release,
                 Timestamp now) {
    const SeenServer seen = seen_after(database.seen_server, release, now);
    if (database.seen_server == seen) return;
    static_cast<void>(databases.set_seen_server(database.id, seen, database.seen_server));
    database.seen_server = seen;
}

void forget_earlier_rules(DatabaseStore& databases, DefinitionStore& definitions, const Database& database,
                          const std::vector<std::string>& collections) {
    if (!database.seen_server || !database.seen_server->rules_before) return;
    const auto all = definitions.all_of(database.id, std::nullopt);
    if (!all || !covers_all(collections, *all)) return;
    SeenServer settled = *database.seen_server;
    settled.rules_before.reset();
    // It is another one by now where this takes no effect, and its rules were never met.
    static_cast<void>(databases.set_seen_server(database.id, settled, database.seen_server));
}

}  // namespace mim::app
