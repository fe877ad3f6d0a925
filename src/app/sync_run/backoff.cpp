#include "app/sync_run/backoff.hpp"

#include <algorithm>
#include <functional>

#include "base/doubled_wait.hpp"

namespace mim::app {

// Workers differ in their waits, so that they do not all come back to a server at the same moment.
Backoff::Backoff(const RunContext& context)
    : context_(context),
      chance_(static_cast<std::minstd_rand::result_type>(
          std::hash<std::string>{}(context.lease.worker + context.lease.sync.text()))) {}

bool Backoff::enough_of(const Error& failure) const {
    if (failure.code == ErrorCode::target_paused) return paused_ >= context_.limits.most_paused;
    return tries_ >= context_.limits.max_tries;
}

Uninterrupted<bool> Backoff::again(const Error& failure) {
    if (enough_of(failure)) return false;
    if (failure.code == ErrorCode::target_paused) {
        const auto wait = next_wait(++pauses_);
        context_.ports.pause.wait(wait, context_.stop);
        paused_ += wait;
    } else {
        context_.ports.pause.wait(next_wait(tries_++), context_.stop);
    }
    if (const auto going = context_.checkpoint(); !going) return going.error();
    return true;
}

std::chrono::milliseconds Backoff::next_wait(int tries) {
    const auto doublings = static_cast<unsigned>(std::max(tries - 1, 0));
    return uneven_wait(
        doubled_wait(context_.limits.first_backoff, doublings, context_.limits.longest_backoff), chance_);
}

}  // namespace mim::app
