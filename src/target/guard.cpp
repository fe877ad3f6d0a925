#include "target/guard.hpp"

namespace mim::target {

Done Guard::admit(Call call) {
    if (is_trial()) return {};
    const auto entered = breaker_->enter();
    if (entered) {
        if (*entered != 0) trial_ = *entered;
        return {};
    }
    const Error error = entered.error();
    counts_->add(call, &error);
    return error;
}

void Guard::settle(Call call, const Error* error) {
    counts_->add(call, error);
    breaker_->settle(call, error, trial_);
    ended_();
}

}  // namespace mim::target
