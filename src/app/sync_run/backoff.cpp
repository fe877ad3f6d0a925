#include "app/sync_run/backoff.hpp"

#include <algorithm>
#include <functional>

namespace mim::app {

// Workers differ in their waits, so that they do not all come back to a server at the same moment.
Backoff::Backoff(const RunContext& context)
    : context_(context),
      chance_(static_cast<std::minstd_rand::result_type>(
          std::hash<std::string>{}(context.lease.worker + context.lease.sync.text()))) {}

Uninterrupted<bool> Backoff::again() {
    if (tries_ >= context_.limits.max_tries) return false;
    context_.ports.pause.wait(next_wait(), context_.stop);
    ++tries_;
    if (const auto going = context_.checkpoint(); !going) return going.error();
    return true;
}

std::chrono::milliseconds Backoff::next_wait() {
    std::chrono::milliseconds longest = context_.limits.first_backoff;
    for (int i = 1; i < tries_ && longest < context_.limits.longest_backoff; ++i) longest *= 2;
    longest = std::min(longest, context_.limits.longest_backoff);
    std::uniform_int_distribution<std::chrono::milliseconds::rep> spread(longest.count() / 2,
                                                                         longest.count());
    return std::chrono::milliseconds{spread(chance_)};
}

}  // namespace mim::app
