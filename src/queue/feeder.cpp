#include "queue/feeder.hpp"

#include "queue/events.hpp"

namespace mim::queue {
namespace {

// Of one round. Those beyond it wait until older ones have ended; they are in the queue already as a rule.
constexpr std::size_t most_offered = 1'000;

}  // namespace

Feeder::Feeder(Ports ports, std::chrono::milliseconds interval)
    : ports_(ports), task_(interval, RecurringTask::First::at_once, [this] { feed_once(); }) {}

void Feeder::feed_once() {
    const auto waiting = ports_.feed.waiting(most_offered);
    const auto fed = waiting ? ports_.queue.offer(*waiting) : Done(waiting.error());
    if (!fed) ports_.log.warning(events::feeding_failed, {{"cause", fed.error().message}});
}

}  // namespace mim::queue
