#include "app/sync_run/steps.hpp"

#include <algorithm>

#include "app/sync_run/backoff.hpp"
#include "app/sync_run/ended_builds.hpp"
#include "app/sync_run/passing_failure.hpp"

namespace mim::app {
namespace {

// What a look tells of a change after a try that failed in passing.
enum class Sight { nothing, under_way, done };

Sight done_if(bool is_done) {
    return is_done ? Sight::done : Sight::nothing;
}

bool all_ready(const Observation& seen, const std::string& collection,
               const std::vector<index::Spec>& specs) {
    return std::all_of(specs.begin(), specs.end(), [&](const index::Spec& spec) {
        return presence(seen, collection, spec) == Presence::ready;
    });
}

bool any_is(const Observation& seen, const std::string& collection, const std::vector<index::Spec>& specs,
            Presence wanted) {
    return std::any_of(specs.begin(), specs.end(),
                       [&](const index::Spec& spec) { return presence(seen, collection, spec) == wanted; });
}

Sight sight_of_build(const Observation& seen, const std::string& collection,
                     const std::vector<index::Spec>& specs) {
    if (all_ready(seen, collection, specs)) return Sight::done;
    const bool goes_on = std::all_of(specs.begin(), specs.end(), [&](const index::Spec& spec) {
        const Presence found = presence(seen, collection, spec);
        return found == Presence::ready || found == Presence::building;
    });
    return goes_on ? Sight::under_way : Sight::nothing;
}

// What an index is like can be seen while it is not known whether it is ready.
bool is_like(const Observation& seen, const std::string& collection, const index::Spec& wanted) {
    const Presence found = presence(seen, collection, wanted);
    return found == Presence::ready || found == Presence::unknown;
}

// Whether the server may still build what a command was for that ended so.
bool may_have_begun(const Error& error) {
    return may_pass(error) && error.code != ErrorCode::target_unreachable &&
           error.code != ErrorCode::target_paused;
}

}  // namespace

// `send` tries once; after a failure that may pass, `judge` tells by what is there whether it took effect.
template <class Send, class Judge>
Uninterrupted<Done> Steps::repeat_until(std::optional<Deadline> until, const std::string& collection,
                                        Send send, Judge judge) {
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
        const Sight sight = seen ? judge(*seen) : Sight::nothing;
        if (sight == Sight::done) return Done{};
        if (sight == Sight::under_way && until && !until->passed()) {
            context_.ports.pause.wait(context_.limits.progress_interval, context_.stop);
            MIM_CHECK(context_.checkpoint());
            continue;
        }
        const auto again = backoff.again(sent->error());
        if (!again) return again.error();
        if (!*again || (until && until->passed())) return Done(tried.value_or(sent->error()));
    }
}

template <class Send, class Judge>
Uninterrupted<Done> Steps::repeat(const std::string& collection, Send send, Judge judge) {
    return repeat_until(std::nullopt, collection, send, judge);
}

Done Steps::check_still_there(const std::string& collection) {
    if (!there_.contains(collection)) return {};
    MIM_TRY(seen, observe_once(context_, target_, {collection}));
    const index::LiveCollection* const found = seen.find(collection);
    const bool is_gone = found != nullptr && found->traits.kind == index::CollectionKind::missing;
    return is_gone ? Done(collection_dropped(collection)) : Done{};
}

// An index that is still building is joined by asking for it again: MongoDB then waits for the build that
// runs.
Uninterrupted<Done> Steps::create(const std::string& collection, const std::vector<index::Spec>& specs,
                                  BuildWatch& watch, Earlier earlier) {
    const Deadline until = Deadline::after(context_.limits.build_deadline);
    const auto send = [&]() -> Uninterrupted<Done> {
        if (const Done there = check_still_there(collection); !there) return Done(there.error());
        auto sent = send_build(collection, specs, until, watch);
        const bool may_run = sent ? !*sent && may_have_begun(sent->error()) : !watch.ended();
        if (may_run) earlier = Earlier::may_run;
        return sent;
    };
    const auto judge = [&](const Observation& seen) { return sight_of_build(seen, collection, specs); };
    auto built = repeat_until(until, collection, send, judge);
    if (built && !*built && was_ended_at_server(built->error())) return Done(not_begun_again(built->error()));
    if (earlier == Earlier::none) return built;
    if (!built && built.error() == Halt::cancel) return end_cancelled(collection, specs);
    if (built && !*built && until.passed()) return end_late(collection, specs, std::move(*built).error());
    return built;
}

Uninterrupted<Done> Steps::send_build(const std::string& collection, const std::vector<index::Spec>& specs,
                                      Deadline until, BuildWatch& watch) {
    const Done sent = target_.create_indexes(collection, specs, until, watch);
    if (sent || !watch.halted()) return sent;
    if (sent.error().code == ErrorCode::lease_lost) return Halt::lost;
    if (*watch.halted() == Halt::cancel && sent.error().code == ErrorCode::cancelled) watch.note_end();
    return *watch.halted();
}

Result<Steps::Ending> Steps::end_what_runs(const std::string& collection,
                                           const std::vector<index::Spec>& specs) {
    MIM_TRY(seen, observe_once(context_, target_, {collection}));
    if (any_is(seen, collection, specs, Presence::building)) {
        MIM_CHECK(target_.end_builds(collection, specs, Deadline::after(context_.limits.change_deadline)));
        MIM_TRY(now, observe_once(context_, target_, {collection}));
        seen = std::move(now);
    }
    if (any_is(seen, collection, specs, Presence::unknown))
        return Error(ErrorCode::target_outcome_unknown, "nobody can tell whether the server still builds: " +
                                                            *seen.find(collection)->readiness_unknown);
    return all_ready(seen, collection, specs) ? Ending::built : Ending::ended;
}

Uninterrupted<Done> Steps::end_cancelled(const std::string& collection,
                                         const std::vector<index::Spec>& specs) {
    const auto ending = end_what_runs(collection, specs);
    if (!ending && ending.error().code == ErrorCode::lease_lost) return Halt::lost;
    if (!ending)
        return Done(
            Error{ErrorCode::cancelled, "Cancelled, but the build may go on: " + ending.error().message});
    if (*ending == Ending::built) return Done{};
    return Halt::cancel;
}

// Its last try may have sent nothing, while a build that an earlier one began still runs.
Uninterrupted<Done> Steps::end_late(const std::string& collection, const std::vector<index::Spec>& specs,
                                    Error late) {
    const auto ending = end_what_runs(collection, specs);
    if (!ending && ending.error().code == ErrorCode::lease_lost) return Halt::lost;
    if (!ending)
        return Done(Error{ErrorCode::target_outcome_unknown,
                          "The build took longer than allowed, and may go on: " + ending.error().message});
    if (*ending == Ending::built) return Done{};
    return Done(std::move(late));
}

Uninterrupted<Done> Steps::drop(const index::Operation& operation) {
    const auto send = [&]() -> Uninterrupted<Done> {
        return target_.drop_index(operation.collection, operation.index,
                                  Deadline::after(context_.limits.change_deadline));
    };
    return repeat(operation.collection, send, [&](const Observation& seen) {
        return done_if(!has_index(seen, operation.collection, operation.index));
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
            return done_if(is_last && operation.listed &&
                           is_like(seen, operation.collection, *operation.listed));
        });
        if (!done || !*done) return done;
    }
    return Done{};
}

}  // namespace mim::app
