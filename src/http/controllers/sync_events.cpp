// A sync as server-sent events: `event: status` with the JSON of the status call at once and after each
// change; `event: end` with the final status, or with the error that made following impossible.
#include <chrono>

#include "http/error_table.hpp"
#include "http/route.hpp"
#include "http/views/views.hpp"

namespace mim::http {
namespace {

std::string event(std::string_view name, std::string_view json) {
    std::string text = "event: ";
    text.append(name).append("\ndata: ").append(json).append("\n\n");
    return text;
}

std::string status_json(const app::SyncWithDatabase& found) {
    std::string text;
    JsonWriter json(text);
    write_sync(json, found.sync, found.database);
    return text;
}

class SyncEvents final : public EventSource {
  public:
    SyncEvents(const Context& context, const SyncId& id, const app::SyncWithDatabase& first,
               const Request& request)
        : context_(context),
          id_(id),
          request_id_(request.id),
          caller_(*request.caller),
          pending_(batch_of(first)) {}

    Batch next() override {
        if (pending_) {
            Batch first = std::move(*pending_);
            pending_.reset();
            return first;
        }
        try {
            if (const Done confirmed = confirm(); !confirmed) return batch_of(confirmed.error());
            const auto found = context_.api.use_cases.syncs.get(id_);
            return found ? batch_of(*found) : batch_of(found.error());
        } catch (const std::exception& bug) {
            context_.log.error("http.exception", {{"id", request_id_}, {"what", bug.what()}});
            return batch_of(Error{ErrorCode::internal, "exception"});
        }
    }

  private:
    // A stream may last for hours: who was logged out or disabled meanwhile sees no more of it.
    Done confirm() {
        const auto now = std::chrono::steady_clock::now();
        if (now - confirmed_ < app::Accounts::revocation_delay) return {};
        confirmed_ = now;
        return caller_.key ? context_.api.use_cases.api_keys.confirm(caller_)
                           : context_.api.use_cases.accounts.confirm(caller_);
    }

    Batch batch_of(const app::SyncWithDatabase& found) {
        Batch batch;
        std::string status = status_json(found);
        if (app::is_finished(found.sync.status)) {
            batch = {event("end", status), Then::end};
        } else if (status != shown_) {
            batch.text = event("status", status);
        }
        shown_ = std::move(status);
        return batch;
    }

    // The store may be busy for a moment; anything else will not mend itself.
    Batch batch_of(const Error& error) {
        if (passes(error.code, Kind::service) && ++failures_ < patience) return {};
        return {event("end", error_response(error, request_id_).body), Then::end};
    }

    static constexpr int patience = 10;
    const Context& context_;
    SyncId id_;
    std::string request_id_;
    app::Caller caller_;
    std::chrono::steady_clock::time_point confirmed_ = std::chrono::steady_clock::now();
    std::string shown_;
    int failures_ = 0;
    std::optional<Batch> pending_;
};

}  // namespace

Result<Response> follow_sync(const Context& context, const Request& request) {
    MIM_TRY(id, id_parameter<SyncId>(request, "sync_id"));
    MIM_TRY(first, context.api.use_cases.syncs.get(id));
    Response response;
    response.content_type = "text/event-stream";
    response.events = std::make_unique<SyncEvents>(context, id, first, request);
    return response;
}

}  // namespace mim::http
