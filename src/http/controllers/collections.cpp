#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/confirmation_reader.hpp"
#include "http/envelope.hpp"
#include "http/route.hpp"
#include "http/views/views.hpp"

namespace mim::http {
namespace {

void write_managed(JsonWriter& json, const app::CollectionRow& row) {
    json.begin_object()
        .field("collection", row.collection)
        .field("total_indexes", row.total_indexes)
        .end_object();
}

void write_live(JsonWriter& json, const app::CollectionRow& row) {
    json.begin_object().field("collection", row.collection).field("total_indexes", row.total_indexes);
    json.field("live_indexes", row.live_indexes).field("type", row.type).end_object();
}

void write_name(JsonWriter& json, const std::string& collection) {
    json.begin_object().field("collection", collection).end_object();
}

}  // namespace

Result<Response> list_collections(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const app::PageRequest page = read_page(fields);
    const bool include_live = fields.flag("include_live");
    MIM_CHECK(body.verdict());
    if (include_live) {
        MIM_TRY(rows, context.api.use_cases.collections.list_with_live(*database, page));
        return answer_page(rows, write_live);
    }
    MIM_TRY(rows, context.api.use_cases.collections.list(*database, page));
    return answer_page(rows, write_managed);
}

Result<Response> create_collection(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const std::string collection = fields.required_string("collection");
    MIM_CHECK(body.verdict());
    MIM_CHECK(context.api.use_cases.collections.create(*database, collection));
    tell_after(request, [&](JsonWriter& json) { write_name(json, collection); });
    return success(status_created);
}

Result<Response> rename_collection(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const std::string from = fields.required_string("collection");
    const std::string to = fields.required_string("new_collection");
    MIM_CHECK(body.verdict());
    MIM_CHECK(context.api.use_cases.collections.rename(*database, from, to, request.caller->role));
    tell_before(request, [&](JsonWriter& json) { write_name(json, from); });
    tell_after(request, [&](JsonWriter& json) { write_name(json, to); });
    return success();
}

Result<Response> delete_collection(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const std::string collection = fields.required_string("collection");
    const app::Confirmation confirmation{.asked = asked_of(request),
                                         .given = fields.optional_string("confirm")};
    MIM_CHECK(body.verdict());
    // A collection has 64 indexes at most: this is all that goes with it.
    const auto definitions = context.api.use_cases.definitions.list(
        *database, collection, {.query = "", .page = 1, .limit = app::max_page_limit});
    MIM_TRY(live_before,
            context.api.use_cases.collections.remove(*database, collection, confirmation,
                                                     request.caller->role, request.caller->user));
    const bool none_defined = definitions && definitions->items.empty();
    if (none_defined && live_before == app::LiveBefore::missing) tell_nothing_done(request);
    tell_before(request, [&](JsonWriter& json) {
        json.begin_object().field("collection", collection).key("indexes").begin_array();
        if (definitions) {
            for (const app::Definition& each : definitions->items) write_definition(json, each);
        }
        json.end_array().end_object();
    });
    return success();
}

}  // namespace mim::http
