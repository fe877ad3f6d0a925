#include "http/access.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "http/body.hpp"

namespace mim::http {
namespace {

constexpr std::string_view scheme = "bearer";

// A key acts for its owner on databases and indexes, nowhere else.
Done permit_key(Need need, app::Role role) {
    if (need == Need::account || need == Need::administer)
        return Error{ErrorCode::forbidden, "An API key cannot do this: sign in"};
    if (need != Need::write || role != app::Role::viewer) return {};
    return Error{ErrorCode::forbidden, "This API key may only read"};
}

// What a path's parameter is called where it names a database.
constexpr std::string_view database_parameters[] = {"database_id", "id"};

Result<std::optional<DatabaseId>> database_in_path(const Request& request) {
    for (const std::string_view name : database_parameters) {
        if (request.parameter(name).empty()) continue;
        MIM_TRY(id, id_parameter<DatabaseId>(request, name));
        return std::optional(std::move(id));
    }
    return invalid_field("id", wrong_kind("id", takes::id, "an empty text"));
}

// Read with the reader that the controller uses, so that both see the same field.
Result<std::optional<DatabaseId>> database_in_body(const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    auto id = fields.required_id<DatabaseId>("database_id");
    MIM_CHECK(body.verdict_of_part());
    return id;
}

bool is_bound_to(const app::KeyGrant& key, const DatabaseId& database) {
    return std::ranges::find(*key.databases, database) != key.databases->end();
}

Done check_binding(const app::KeyGrant& key, const Route& route, const Request& request, const Api& api) {
    if (!key.databases) return {};
    const Reach reach = route.reach;
    if (reach == Reach::nothing || reach == Reach::listed) return {};
    if (reach == Reach::unbounded) {
        return Error{ErrorCode::forbidden,
                     "This API key is bound to some databases, and this is about all of them"};
    }
    MIM_TRY(database, reached_database(reach, request, api));
    if (database && is_bound_to(key, *database)) return {};
    if (database) {
        // The binding holds for the place that the entries lead to.
        const auto entry = api.use_cases.databases.get(*database);
        const auto ours = [&key](const DatabaseId& other) { return is_bound_to(key, other); };
        if (entry && std::ranges::any_of(entry->same_place_as, ours)) return {};
    }
    return Error{ErrorCode::forbidden, "This API key is bound to other databases"};
}

}  // namespace

Result<std::string_view> bearer_token(std::string_view authorization) {
    if (authorization.empty()) return Error{ErrorCode::token_required, "Token is required"};
    const std::string_view given = authorization.substr(0, scheme.size());
    std::string_view token = authorization.substr(given.size());
    const std::size_t start = token.find_first_not_of(' ');
    if (!ascii::same_in_any_case(given, scheme) || start == 0) {
        return Error{ErrorCode::token_malformed, "Token is wrong format"};
    }
    if (start == std::string_view::npos) return Error{ErrorCode::token_required, "Token is required"};
    token.remove_prefix(start);
    if (std::ranges::any_of(token, [](char c) { return c == ' ' || c == '\t' || c == ','; })) {
        return Error{ErrorCode::token_malformed, "Token is wrong format"};
    }
    return token;
}

Done permit(Need need, const app::Caller& caller) {
    if (caller.key != nullptr) return permit_key(need, caller.role);
    const std::string yours = "Your role (" + std::string(app::to_string(caller.role)) + ") ";
    if (need == Need::write && caller.role == app::Role::viewer)
        return Error{ErrorCode::forbidden, yours + "may only read: ask an administrator"};
    if (need == Need::administer && caller.role != app::Role::admin)
        return Error{ErrorCode::forbidden, yours + "does not allow this: it takes an administrator"};
    return {};
}

Result<app::Caller> authenticate(const Api& api, std::string_view bearer) {
    return app::ApiKeys::is_meant_by(bearer) ? api.use_cases.api_keys.authenticate(bearer)
                                             : api.use_cases.accounts.authenticate(bearer);
}

Result<std::optional<DatabaseId>> reached_database(Reach reach, const Request& request, const Api& api) {
    switch (reach) {
        case Reach::path:
            return database_in_path(request);
        case Reach::body:
            return database_in_body(request);
        case Reach::index: {
            MIM_TRY(id, id_parameter<DefinitionId>(request, "id"));
            MIM_TRY(definition, api.use_cases.definitions.get(id));
            return std::optional(std::move(definition.database));
        }
        case Reach::sync: {
            MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
            MIM_TRY(database, api.use_cases.syncs.database_of(id));
            return std::optional(std::move(database));
        }
        case Reach::nothing:
        case Reach::listed:
        case Reach::unbounded:
            break;
    }
    return std::optional<DatabaseId>();
}

Done admit(const Route& route, const Request& request, const Api& api) {
    if (!request.caller) return {};
    MIM_CHECK(permit(route.need, *request.caller));
    if (request.caller->key == nullptr) return {};
    return check_binding(*request.caller->key, route, request, api);
}

app::AuditActor actor_of(const Request& request) {
    app::AuditActor actor;
    if (!request.caller) return actor;
    actor.user = request.caller->user;
    actor.role = request.caller->role;
    if (const auto& key = request.caller->key) {
        actor.key = key->id;
        actor.key_prefix = key->prefix;
    }
    return actor;
}

}  // namespace mim::http
