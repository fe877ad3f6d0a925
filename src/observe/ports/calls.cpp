#include "observe/ports/calls.hpp"

namespace mim::observe {

bool is_fault(ErrorCode code) {
    switch (code) {
        case ErrorCode::target_unreachable:
        case ErrorCode::target_authentication:
        case ErrorCode::target_not_authorised:
        case ErrorCode::target_timeout:
        case ErrorCode::target_refused:
        case ErrorCode::target_outcome_unknown:
        case ErrorCode::not_ready:
        case ErrorCode::store_failed:
        case ErrorCode::internal:
            return true;
        default:
            return false;
    }
}

Calls::Timer::Timer(CallObserver& observer, const CallName& name, const std::optional<trace::Link>& link)
    : observer_(observer), name_(name) {
    trace::Transaction* const transaction = trace::current();
    if (transaction == nullptr) return;
    span_.emplace(*transaction, name.system, name.name);
    if (link) span_->link(*link);
}

void Calls::Timer::end(std::optional<ErrorCode> error) {
    const SteadyTime now = std::chrono::steady_clock::now();
    const bool fault = error && is_fault(*error);
    const auto outcome = fault ? trace::Outcome::failure : trace::Outcome::success;
    if (span_) {
        if (fault) trace::note_failure(to_string(*error), name_.name);
        span_->end(outcome, now);
    }
    observer_.on_call(name_, outcome, std::chrono::duration_cast<std::chrono::microseconds>(now - began_));
}

}  // namespace mim::observe
