#include "base/call_memory.hpp"
#include "http/body.hpp"
#include "http/controllers/sync_options.hpp"
#include "http/envelope.hpp"
#include "http/route.hpp"
#include "http/views/views.hpp"
#include "index/comparison/held_bytes.hpp"

namespace mim::http {
namespace {

struct CompareFlags {
    index::NamePolicy names;
    app::UsageWanted usage;
};

CompareFlags read_compare_flags(ObjectReader& fields) {
    return {fields.flag("strict_names") ? index::NamePolicy::strict : index::NamePolicy::identity,
            fields.flag("include_usage") ? app::UsageWanted::yes : app::UsageWanted::no};
}

Result<Response> compared(const Context& context, const Request& request, const app::CompareRequest& wanted) {
    MIM_TRY(comparison, context.api.use_cases.comparisons.compare(wanted));
    // Each goes once it is told: of a large database the call holds either the comparisons or their text.
    const auto tell = [&](JsonWriter& json, index::CollectionComparison& each) {
        const std::size_t held = index::held_bytes(each);
        if (request.dialect == Dialect::published) tell_in_three_lists(each);
        write_comparison(json, each);
        each = {};
        CallMemory::give_back(held);
    };
    return answer_items(comparison.collections, Extra{}, tell);
}

}  // namespace

Result<Response> compare_by_collections(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    auto collections = fields.required_names("collections");
    const CompareFlags flags = read_compare_flags(fields);
    MIM_CHECK(body.verdict());
    return compared(context, request,
                    {.database = *database,
                     .collections = std::move(collections),
                     .names = flags.names,
                     .usage = flags.usage});
}

Result<Response> compare_by_database(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    const CompareFlags flags = read_compare_flags(fields);
    const bool include_unmanaged = fields.flag("include_unmanaged");
    MIM_CHECK(body.verdict());
    return compared(context, request,
                    {.database = *database,
                     .collections = std::nullopt,
                     .unmanaged = include_unmanaged ? app::Unmanaged::include : app::Unmanaged::leave_out,
                     .names = flags.names,
                     .usage = flags.usage});
}

Result<Response> plan(const Context& context, const Request& request) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    const auto database = fields.required_id<DatabaseId>("database_id");
    auto collections = fields.optional_names("collections");
    const app::SyncOptions options = read_sync_options(fields);
    MIM_CHECK(body.verdict());
    const app::CompareRequest wanted{
        .database = *database, .collections = std::move(collections), .names = options.names};
    MIM_TRY(made, context.api.use_cases.comparisons.checked_plan(wanted, options));
    return answer([&](JsonWriter& json) { write_plan(json, made); });
}

}  // namespace mim::http
