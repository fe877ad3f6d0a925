#include "http/admission.hpp"

#include <algorithm>

#include "http/authentication.hpp"
#include "http/body.hpp"

namespace mim::http {
namespace {

// What a path's parameter is called where it names a database.
constexpr std::string_view database_parameters[] = {"database_id", "id"};

Result<std::optional<DatabaseId>> database_in_path(const Request& request) {
    for (const std::string_view name : database_parameters) {
        if (request.parameter(name).empty()) continue;
        MIM_TRY(id, id_parameter<DatabaseId>(request, name));
        return std::optional(std::move(id));
    }
    return invalid_field("id", std::string(wrong_type));
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
    const Reach reach = conduct_of(route).reach;
    if (reach == Reach::nothing || reach == Reach::listed) return {};
    if (reach == Reach::unbounded) {
        return Error{ErrorCode::forbidden,
                     "This API key is bound to some databases, and this is about all of them"};
    }
    MIM_TRY(database, reached_database(reach, request, api));
    if (database && is_bound_to(key, *database)) return {};
    if (database) {
        // The binding holds for the place that the entries lead to.
        const auto entry = api.databases.get(*database);
        const auto ours = [&key](const DatabaseId& other) { return is_bound_to(key, other); };
        if (entry && std::ranges::any_of(entry->same_place_as, ours)) return {};
    }
    return Error{ErrorCode::forbidden, "This API key is bound to other databases"};
}

}  // namespace

Result<app::Caller> authenticate(const Api& api, std::string_view bearer) {
    return app::ApiKeys::is_meant_by(bearer) ? api.api_keys.authenticate(bearer)
                                             : api.accounts.authenticate(bearer);
}

Result<std::optional<DatabaseId>> reached_database(Reach reach, const Request& request, const Api& api) {
    switch (reach) {
        case Reach::path:
            return database_in_path(request);
        case Reach::body:
            return database_in_body(request);
        case Reach::index: {
            MIM_TRY(id, id_parameter<DefinitionId>(request, "id"));
            MIM_TRY(definition, api.definitions.get(id));
            return std::optional(std::move(definition.database));
        }
        case Reach::sync: {
            MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
            MIM_TRY(database, api.syncs.database_of(id));
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

}  // namespace mim::http
