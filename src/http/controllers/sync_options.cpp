#include "http/controllers/sync_options.hpp"

#include "http/body.hpp"

namespace mim::http {
namespace {

// 0, 1 or 2, as the enumerations of index/plan/plan.hpp number them.
std::optional<std::int64_t> read_choice(ObjectReader& fields, std::string_view name) {
    return fields.optional_integer(name, IntegerRange{0, 2});
}

constexpr std::int64_t leave = 0;
constexpr std::int64_t as_desired = 1;

// Who knows only the two older options and leaves something gets no change that was not asked for; a plain
// sync makes the database as desired.
std::int64_t default_of_changed(std::optional<std::int64_t> missing, std::optional<std::int64_t> extra) {
    if (!missing && !extra) return as_desired;
    return missing == extra ? *missing : leave;
}

// What is left alone otherwise, as an import leaves it out.
void consent_to_all(app::SyncOptions& options) {
    if (options.extra == index::ExtraChoice::drop) options.extra = index::ExtraChoice::drop_all;
    if (options.changed == index::ChangedChoice::alter_database)
        options.changed = index::ChangedChoice::alter_all;
}

}  // namespace

app::SyncOptions read_sync_options(ObjectReader& fields) {
    app::SyncOptions options;
    const auto missing = read_choice(fields, "option_missing");
    const auto extra = read_choice(fields, "option_extra");
    const auto changed = read_choice(fields, "option_changed");
    options.missing = static_cast<index::MissingChoice>(missing.value_or(as_desired));
    options.extra = static_cast<index::ExtraChoice>(extra.value_or(as_desired));
    options.changed = static_cast<index::ChangedChoice>(changed.value_or(default_of_changed(missing, extra)));
    if (fields.flag("drop_unmanageable")) consent_to_all(options);
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
