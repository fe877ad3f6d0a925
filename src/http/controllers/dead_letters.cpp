#include "app/paging.hpp"
#include "http/audit_words.hpp"
#include "http/body.hpp"
#include "http/controllers/sync_options.hpp"
#include "http/envelope.hpp"
#include "http/route.hpp"

namespace mim::http {
namespace {

Result<app::DeadLetters*> letters_of(const Context& context) {
    if (context.api.dead_letters != nullptr) return context.api.dead_letters;
    return Error{ErrorCode::not_ready, "This service keeps no dead letters"};
}

void write_letter(JsonWriter& json, const app::DeadLetter& letter) {
    json.begin_object()
        .field("sync_id", letter.sync)
        .field("attempts", letter.attempts)
        .field("reason", letter.reason)
        .field("buried_at", letter.buried_at)
        .end_object();
}

}  // namespace

Result<Response> list_dead_letters(const Context& context, const Request& request) {
    MIM_TRY(letters, letters_of(context));
    MIM_TRY(page, read_page(request));
    MIM_TRY(wanted, app::effective(page));
    MIM_TRY(found, letters->list(wanted));
    return answer_page(found, write_letter);
}

// The letter goes only when the new sync is there.
Result<Response> retry_dead_letter(const Context& context, const Request& request) {
    MIM_TRY(letters, letters_of(context));
    MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
    MIM_TRY(again, read_retry(request, id));
    MIM_TRY(letter, letters->get(id));
    MIM_TRY(sync, context.api.use_cases.syncs.retry(again));
    tell_before(request, [&](JsonWriter& json) { write_letter(json, letter); });
    tell_after(request, [&](JsonWriter& json) { json.begin_object().field("sync_id", sync).end_object(); });
    MIM_CHECK(letters->remove(id));
    return answer([&](JsonWriter& json) {
        json.begin_object().field("success", true).field("sync_id", sync).end_object();
    });
}

Result<Response> delete_dead_letter(const Context& context, const Request& request) {
    MIM_TRY(letters, letters_of(context));
    MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
    const auto letter = letters->get(id);
    MIM_CHECK(letters->remove(id));
    if (!letter) tell_nothing_done(request);
    if (letter) tell_before(request, [&](JsonWriter& json) { write_letter(json, *letter); });
    return success();
}

Result<Response> clear_dead_letters(const Context& context, const Request& request) {
    MIM_TRY(letters, letters_of(context));
    MIM_TRY(first, letters->list({.query = "", .page = 1, .limit = app::max_page_limit}));
    MIM_CHECK(letters->clear());
    tell_before(request, [&](JsonWriter& json) {
        json.begin_object().field("dead_letters", first.total).key("newest").begin_array();
        for (const app::DeadLetter& letter : first.items) write_letter(json, letter);
        json.end_array().end_object();
    });
    return success();
}

}  // namespace mim::http
