#include "http/route_conduct.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "app/model/audit.hpp"

namespace mim::http {
namespace {

constexpr std::array all_conducts{
    Conduct{"register", Reach::nothing, "account.register"},
    Conduct{"login", Reach::nothing, "account.sign_in", Record::afterwards},
    Conduct{"refreshToken", Reach::nothing, "account.refresh", Record::refusals_alone},
    Conduct{"logout", Reach::nothing, "account.sign_out"},
    Conduct{"getProfile", Reach::nothing},
    Conduct{"changeProfile", Reach::nothing, "account.profile"},
    Conduct{"changePassword", Reach::nothing, "account.password"},
    Conduct{"createApiKey", Reach::nothing, "api_key.create"},
    Conduct{"listApiKeys", Reach::nothing},
    Conduct{"deleteApiKey", Reach::nothing, "api_key.delete"},
    Conduct{"listUsers", Reach::nothing},
    Conduct{"setUserRole", Reach::nothing, "account.role"},
    Conduct{"setUserStatus", Reach::nothing, "account.status"},
    Conduct{"createInvite", Reach::nothing, "invite.create"},
    Conduct{"listInvites", Reach::nothing},
    Conduct{"revokeInvite", Reach::nothing, "invite.revoke"},
    Conduct{"listAudit", Reach::nothing},
    Conduct{"exportAudit", Reach::nothing},
    Conduct{"createDatabase", Reach::unbounded, "database.create"},
    Conduct{"listDatabases", Reach::listed},
    Conduct{"getDatabase", Reach::path},
    Conduct{"updateDatabase", Reach::path, "database.update"},
    Conduct{"deleteDatabase", Reach::path, "database.delete"},
    Conduct{"testDatabase", Reach::path, "database.test", Record::afterwards},
    Conduct{"listCollections", Reach::body},
    Conduct{"createCollection", Reach::body, "collection.create"},
    Conduct{"renameCollection", Reach::body, "collection.rename"},
    Conduct{"deleteCollection", Reach::body, "collection.delete"},
    Conduct{"createIndex", Reach::body, "index.create"},
    Conduct{"listIndexes", Reach::body},
    Conduct{"getIndex", Reach::index},
    Conduct{"updateIndex", Reach::index, "index.update"},
    Conduct{"deleteIndex", Reach::index, "index.delete"},
    Conduct{"compareByCollections", Reach::body},
    Conduct{"compareByDatabase", Reach::body},
    Conduct{"plan", Reach::body},
    Conduct{"generateScript", Reach::body},
    Conduct{"syncByCollections", Reach::body, "sync.submit"},
    Conduct{"syncByDatabase", Reach::body, "sync.submit"},
    Conduct{"syncFromDatabase", Reach::body, "index.import"},
    Conduct{"getSync", Reach::sync},
    Conduct{"listSyncs", Reach::path},
    Conduct{"followSync", Reach::sync},
    Conduct{"cancelSync", Reach::sync, "sync.cancel"},
    Conduct{"retrySync", Reach::sync, "sync.retry"},
    Conduct{"restoreSync", Reach::sync, "sync.restore"},
    Conduct{"listDeadLetters", Reach::unbounded},
    Conduct{"clearDeadLetters", Reach::unbounded, "dead_letter.clear"},
    Conduct{"retryDeadLetter", Reach::sync, "dead_letter.retry"},
    Conduct{"deleteDeadLetter", Reach::sync, "dead_letter.delete"},
    Conduct{"health", Reach::nothing},
    Conduct{"readiness", Reach::nothing},
    Conduct{"metrics", Reach::nothing},
    Conduct{"openapi", Reach::nothing},
    Conduct{"docs", Reach::nothing},
    Conduct{"publicKeys", Reach::nothing},
};

static_assert(std::ranges::all_of(all_conducts, [](const Conduct& conduct) {
    return conduct.action.empty() ||
           std::ranges::find(app::audit_actions, conduct.action) != app::audit_actions.end();
}));

constexpr Conduct of_an_unlisted_route{"", Reach::unbounded};

std::unordered_map<std::string_view, const Conduct*> conducts_by_route() {
    std::unordered_map<std::string_view, const Conduct*> by_route;
    for (const Conduct& conduct : all_conducts) by_route.emplace(conduct.route, &conduct);
    return by_route;
}

}  // namespace

std::span<const Conduct> conducts() {
    return all_conducts;
}

const Conduct& conduct_of(const Route& route) {
    static const auto by_route = conducts_by_route();
    const auto found = by_route.find(route.name);
    return found != by_route.end() ? *found->second : of_an_unlisted_route;
}

}  // namespace mim::http
