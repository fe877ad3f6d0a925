#include "observe/ports/calls.hpp"

namespace mim::observe {

Calls::Timer::Timer(CallObserver& observer, const CallName& name, const std::optional<trace::Link>& link)
    : observer_(observer), name_(name) {
    trace::Transaction* const transaction = trace::current();
    if (transaction == nullptr) return;
    span_.emplace(*transaction, name.system, name.name);
    if (link) span_->link(*link);
}

void Calls::Timer::end(std::optional<ErrorCode> error) {
    const SteadyTime now = std::chrono::steady_clock::now();
    const bool fault = error && facts_of(*error).fault == Fault::callee;
    const auto outcome = fault ? trace::Outcome::failure : trace::Outcome::success;
    if (span_) {
        if (fault) trace::note_failure(to_string(*error), name_.name);
        span_->end(outcome, now);
    }
    observer_.on_call(name_, outcome, std::chrono::duration_cast<std::chrono::microseconds>(now - began_));
}

}  // namespace mim::observe
