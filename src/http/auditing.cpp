#include "http/auditing.hpp"

#include "http/access.hpp"
#include "http/body.hpp"
#include "http/error_table.hpp"

namespace mim::http {
namespace {

// No collection has a longer name.
constexpr std::size_t longest_subject = 255;

std::string id_in_path(const Request& request) {
    for (const PathParameter& parameter : request.parameters) {
        if (const auto id = UserId::parse(parameter.value)) return id->text();
    }
    return {};
}

std::string collection_in_body(const Request& request) {
    auto body = Body::of(request);
    if (!body) return {};
    ObjectReader fields = body->fields();
    std::string name = fields.string_or_empty("collection");
    return name.size() > longest_subject ? std::string() : name;
}

// As the request names it. Whether that is there does not matter: somebody was after it.
std::string subject_of(const Route& route, const Request& request) {
    std::string id = id_in_path(request);
    if (!id.empty() || route.reach != Reach::body) return id;
    return collection_in_body(request);
}

// What no other name tells: all of a database, or the own account of who signs in and the like.
void name_subject_by_the_rest(app::AuditEntry& entry) {
    if (!entry.subject.empty()) return;
    if (entry.database) entry.subject = entry.database->text();
    if (entry.actor.user && entry.action.starts_with("account.")) entry.subject = entry.actor.user->text();
}

app::AuditEntry entry_of(const Route& route, const Request& request, const Api& api) {
    app::AuditEntry entry{.action = std::string(route.action)};
    entry.address = request.remote_address;
    entry.request_id = request.id;
    entry.actor = actor_of(request);
    entry.subject = subject_of(route, request);
    // Where it cannot be told, the request will be refused for that.
    auto database = reached_database(route.reach, request, api);
    if (database) entry.database = std::move(*database);
    name_subject_by_the_rest(entry);
    return entry;
}

void take_over(AuditDraft& draft, app::AuditEntry& entry, const Error* error) {
    if (draft.database) entry.database = draft.database;
    if (draft.who) {
        entry.actor.user = draft.who->id;
        entry.actor.username = draft.who->username;
        entry.actor.role = draft.who->role;
    }
    if (!draft.subject.empty()) entry.subject = std::move(draft.subject);
    name_subject_by_the_rest(entry);
    entry.before = std::move(draft.before);
    entry.after = std::move(error == nullptr ? draft.after : draft.tried);
}

bool is_refusal(ErrorCode code) {
    return facts_of(code).audited == Audited::refusal;
}

// The store, the queue or a target was away: it may have made the change all the same.
bool leaves_open(ErrorCode code) {
    return code == ErrorCode::not_ready || code == ErrorCode::target_outcome_unknown;
}

app::AuditOutcome outcome_after(ErrorCode code, Record record) {
    if (is_refusal(code)) return app::AuditOutcome::refused;
    const bool may_be_done = record == Record::announced && leaves_open(code);
    return may_be_done ? app::AuditOutcome::unknown : app::AuditOutcome::failed;
}

// A request that could not be understood, or was about nothing that is there, has changed nothing. Where a
// mere attempt is of interest, its controller has told what was tried.
bool is_without_effect(ErrorCode code, const app::AuditEntry& entry) {
    const unsigned status = row_of(code).status;
    return entry.after.empty() && !is_refusal(code) && (status == 400 || status == 401 || status == 404);
}

bool is_worth_an_entry(Record record, const app::AuditEntry& entry, const Error* error) {
    if (error == nullptr) return record != Record::refusals_alone;
    if (is_without_effect(error->code, entry)) return false;
    return record != Record::refusals_alone || is_refusal(error->code);
}

Done write_outcome(app::AuditEntry& entry, Record record, const Error* error, const Context& context) {
    if (error == nullptr) {
        entry.outcome = app::AuditOutcome::done;
    } else {
        entry.outcome = outcome_after(error->code, record);
        entry.error = to_string(error->code);
    }
    const Done written = context.api.use_cases.audit.complete(entry);
    if (!written) {
        context.log.error("audit.incomplete", {{"id", entry.request_id},
                                               {"action", entry.action},
                                               {"outcome", to_string(entry.outcome)},
                                               {"entry", entry.id.text()},
                                               {"text", written.error().message}});
    }
    return written;
}

Result<Response> conclude(AuditDraft& draft, app::AuditEntry& entry, Record record, const Context& context,
                          Result<Response> answer) {
    const std::optional<Error> error = answer ? std::nullopt : std::optional(answer.error());
    const Error* const why = error ? &*error : nullptr;
    take_over(draft, entry, why);
    const bool without_effect = !error && draft.effect == Effect::nothing;
    if (without_effect || !is_worth_an_entry(record, entry, why)) {
        // Should that fail, the log will tell of an unknown outcome: more than needed, not less.
        if (record == Record::announced) static_cast<void>(context.api.use_cases.audit.withdraw(entry.id));
        return answer;
    }
    const Done written = write_outcome(entry, record, why, context);
    if (written || error) return answer;
    // The announcement stays, and becomes an entry later.
    const bool is_settled_later = record == Record::announced && written.error().code == ErrorCode::not_ready;
    if (is_settled_later) return answer;
    return Error{ErrorCode::audit_incomplete, "the audit log cannot be written"};
}

}  // namespace

Result<Response> carry_out(const Route& route, const Request& request, const Context& context) {
    app::AuditEntry entry = entry_of(route, request, context.api);
    if (const Done admitted = admit(route, request, context.api); !admitted) {
        const Error refusal = admitted.error();
        if (is_refusal(refusal.code))
            static_cast<void>(write_outcome(entry, route.record, &refusal, context));
        return refusal;
    }
    if (route.record == Record::announced) MIM_CHECK(context.api.use_cases.audit.begin(entry));
    Result<Response> answer = route.handler(context, request);
    return conclude(request.audit, entry, route.record, context, std::move(answer));
}

}  // namespace mim::http
