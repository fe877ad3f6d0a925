#include "app/sync_run/steps.hpp"

#include <algorithm>

#include "app/sync_run/backoff.hpp"
#include "app/sync_run/passing_failure.hpp"

namespace mim::app {
namespace {

bool all_ready(const Observation& seen, const std::string& collection,
               const std::vector<index::Spec>& specs) {
    return std::all_of(specs.begin(), specs.end(), [&](const index::Spec& spec) {
        return presence(seen, collection, spec) == Presence::ready;
    });
}

}  // namespace

// `send` tries once; after a failure that may pass, `reached` judges by what is there whether it took effect.
template <class Send, class Reached>
Uninterrupted<Done> Steps::repeat(const std::string& collection, Send send, Reached reached) {
    Backoff backoff(context_);
    std::optional<Error> tried;  // the failure of the latest call that was not kept back
    for (;;) {
        // The store was asked a moment ago; a process that was stopped since then finds its lease over.
        if (context_.stop.lease_lost()) return Halt::lost;
        const Uninterrupted<Done> sent = send();
        if (sent && !*sent && sent->error().code == ErrorCode::lease_lost) return Halt::lost;
        if (!sent || *sent || !may_pass(sent->error())) return sent;
        if (sent->error().code != ErrorCode::target_paused) tried = sent->error();
        // One look a try: a target that does not answer is asked again by the next try anyway.
        const auto seen = observe_once(context_, target_, {collection});
        if (seen && reached(*seen)) return Done{};
        const auto again = backoff.again(sent->error());
        if (!again) return again.error();
        if (!*again) return Done(tried.value_or(sent->error()));
    }
}

// An index that is still building is joined by asking for it again: MongoDB then waits for the build that
// runs.
Uninterrupted<Done> Steps::create(const std::string& collection, const std::vector<index::Spec>& specs,
                                  BuildWatch& watch) {
    const auto send = [&] { return send_build(collection, specs, watch); };
    const auto reached = [&](const Observation& seen) { return all_ready(seen, collection, specs); };
    const auto built = repeat(collection, send, reached);
    if (built || built.error() != Halt::cancel || watch.ended()) return built;
    return settle_cancelled(collection, specs, watch);
}

Uninterrupted<Done> Steps::send_build(const std::string& collection, const std::vector<index::Spec>& specs,
                                      BuildWatch& watch) {
    const Done sent =
        target_.create_indexes(collection, specs, Deadline::after(context_.limits.build_deadline), watch);
    if (sent || !watch.halted()) return sent;
    if (*watch.halted() == Halt::cancel && sent.error().code == ErrorCode::cancelled) watch.note_end();
    return *watch.halted();
}

// Cancelled, but nobody has said that the build has ended: the record tells what is there. A build that goes
// on is joined once more, so that the watch can end it.
Uninterrupted<Done> Steps::settle_cancelled(const std::string& collection,
                                            const std::vector<index::Spec>& specs, BuildWatch& watch) {
    const auto seen = observe_once(context_, target_, {collection});
    if (!seen)
        return Done(
            Error{ErrorCode::cancelled, "Cancelled, but the build may go on: " + seen.error().message});
    if (all_ready(*seen, collection, specs)) return Done{};
    const bool building = std::any_of(specs.begin(), specs.end(), [&](const index::Spec& spec) {
        return presence(*seen, collection, spec) == Presence::building;
    });
    if (!building) return Halt::cancel;
    const auto sent = send_build(collection, specs, watch);
    if (!sent && (watch.ended() || sent.error() != Halt::cancel)) return sent;
    if (sent && *sent) return sent;
    return Done(Error{ErrorCode::cancelled, "Cancelled, but the build goes on at the server"});
}

Uninterrupted<Done> Steps::drop(const index::Operation& operation) {
    const auto send = [&]() -> Uninterrupted<Done> {
        return target_.drop_index(operation.collection, operation.index,
                                  Deadline::after(context_.limits.change_deadline));
    };
    return repeat(operation.collection, send, [&](const Observation& seen) {
        return !has_index(seen, operation.collection, operation.index);
    });
}

Uninterrupted<Done> Steps::modify(const index::Operation& operation) {
    for (const bson::Document& change : operation.changes) {
        if (&change != &operation.changes.front()) MIM_CHECK(context_.checkpoint());
        const bool is_last = &change == &operation.changes.back();
        const auto send = [&]() -> Uninterrupted<Done> {
            return target_.modify_index(operation.collection, change,
                                        Deadline::after(context_.limits.change_deadline));
        };
        const auto done = repeat(operation.collection, send, [&](const Observation& seen) {
            return is_last && operation.listed &&
                   presence(seen, operation.collection, *operation.listed) == Presence::ready;
        });
        if (!done || !*done) return done;
    }
    return Done{};
}

}  // namespace mim::app
