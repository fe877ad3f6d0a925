#include "http/controllers/sync_options.hpp"

#include "http/body.hpp"

namespace mim::http {
namespace {

// 0, 1 or 2, as the enumerations of index/plan/plan.hpp number them; 1 is the default of all three.
template <class Choice>
Choice read_choice(ObjectReader& fields, std::string_view name) {
    return static_cast<Choice>(fields.optional_integer(name, IntegerRange{0, 2}).value_or(1));
}

}  // namespace

app::SyncOptions read_sync_options(ObjectReader& fields) {
    app::SyncOptions options;
    options.missing = read_choice<index::MissingChoice>(fields, "option_missing");
    options.extra = read_choice<index::ExtraChoice>(fields, "option_extra");
    options.changed = read_choice<index::ChangedChoice>(fields, "option_changed");
    options.drop_mode = fields.word<index::DropMode>(
        "drop_mode", {{"drop", index::DropMode::drop}, {"hide", index::DropMode::hide}},
        index::DropMode::drop);
    options.on_failure = fields.word<app::OnFailure>(
        "on_failure", {{"hold", app::OnFailure::hold}, {"continue", app::OnFailure::carry_on}},
        app::OnFailure::hold);
    options.names = fields.flag("strict_names") ? index::NamePolicy::strict : index::NamePolicy::identity;
    options.fingerprint = fields.optional_string("fingerprint");
    return options;
}

Result<app::RetryRequest> read_retry(const Request& request, const SyncId& sync) {
    MIM_TRY(body, Body::of(request));
    ObjectReader fields = body.fields();
    app::RetryRequest again{.sync = sync,
                            .fingerprint = fields.optional_string("fingerprint"),
                            .requested_by = request.caller->user,
                            .requested_as = request.caller->role};
    MIM_CHECK(body.verdict());
    return again;
}

}  // namespace mim::http
