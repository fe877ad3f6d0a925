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
    Conduct{"resetPassword", Reach::nothing, "account.reset"},
    Conduct{"createApiKey", Reach::nothing, "api_key.create"},
    Conduct{"listApiKeys", Reach::nothing},
    Conduct{"deleteApiKey", Reach::nothing, "api_key.delete"},
    Conduct{"listUsers", Reach::nothing},
    Conduct{"setUserRole", Reach::nothing, "account.role"},
    Conduct{"setUserStatus", Reach::nothing, "account.status"},
    Conduct{"setUserEmail", Reach::nothing, "account.email"},
    Conduct{"offerPasswordReset", Reach::nothing, "account.reset_offer"},
    Conduct{"deleteUser", Reach::nothing, "account.delete"},
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
    Conduct{"listTrash", Reach::unbounded},
    Conduct{"restoreTrash", Reach::unbounded, "trash.restore"},
    Conduct{"purgeTrash", Reach::nothing, "trash.purge"},
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

// Those that read the URL's parameters; and those that are not what their method lets expect: a POST or PUT
// has a body, the others have none.
constexpr std::array with_parameters{std::string_view("listInvites"), std::string_view("listApiKeys"),
                                     std::string_view("exportAudit"), std::string_view("listSyncs"),
                                     std::string_view("listDeadLetters")};
constexpr std::array with_body{std::string_view("deleteCollection"), std::string_view("deleteDatabase"),
                               std::string_view("deleteUser")};
constexpr std::array without_body{std::string_view("refreshToken"),       std::string_view("logout"),
                                  std::string_view("testDatabase"),       std::string_view("cancelSync"),
                                  std::string_view("offerPasswordReset"), std::string_view("restoreTrash")};

bool is_among(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

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

Input input_of(const Route& route) {
    if (is_among(with_parameters, route.name)) return Input::parameters;
    if (is_among(without_body, route.name)) return Input::nothing;
    const bool usual = route.method == Method::post || route.method == Method::put;
    return usual || is_among(with_body, route.name) ? Input::body : Input::nothing;
}

const Conduct& conduct_of(const Route& route) {
    static const auto by_route = conducts_by_route();
    const auto found = by_route.find(route.name);
    return found != by_route.end() ? *found->second : of_an_unlisted_route;
}

}  // namespace mim::http
