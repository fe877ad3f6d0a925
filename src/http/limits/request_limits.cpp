#include "http/limits/request_limits.hpp"

#include <functional>

#include "base/address_group.hpp"

namespace mim::http {

std::string_view RequestLimits::reason(Limit limit) {
    switch (limit) {
        case Limit::address:
            return "rate_address";
        case Limit::credentials:
            return "rate_credentials";
        case Limit::operations:
            return "rate_operations";
        case Limit::user:
            return "rate_user";
    }
    return "rate_address";
}

// One line when it begins, not one a request: a flood must not fill the disk.
Error RequestLimits::refuse(Limit limit, std::string_view who, const BucketAnswer& answer) {
    const std::string_view why = reason(limit);
    if (observer_ != nullptr) observer_->on_rejected(why);
    if (answer.first_refusal) log_.warning("http.rate_limited", {{"limit", why}, {"who", who}});
    const std::string_view whose = limit == Limit::user ? "you" : "your address";
    return {ErrorCode::rate_limited, "Too many requests from " + std::string(whose) + ": wait a moment",
            std::chrono::ceil<std::chrono::seconds>(answer.wait)};
}

Done RequestLimits::admit(Traffic traffic, std::string_view address, SteadyTime now) {
    const bool is_credentials = traffic == Traffic::credentials;
    const Limit limit = is_credentials                   ? Limit::credentials
                        : traffic == Traffic::operations ? Limit::operations
                                                         : Limit::address;
    const Rate& rate = is_credentials                   ? rates_.credentials
                       : traffic == Traffic::operations ? rates_.operations
                                                        : rates_.address;
    if (rate.per_second == 0) return {};
    const auto key = static_cast<std::uint64_t>(address_group(address));
    const BucketAnswer answer = addresses_.take(key, static_cast<std::size_t>(traffic), rate, now);
    if (answer.wait.count() == 0) return {};
    return refuse(limit, address, answer);
}

Done RequestLimits::admit(const UserId& user, SteadyTime now) {
    if (rates_.user.per_second == 0) return {};
    // Ids are of our making: nobody can craft two that meet.
    const BucketAnswer answer = users_.take(std::hash<UserId>{}(user), 0, rates_.user, now);
    if (answer.wait.count() == 0) return {};
    return refuse(Limit::user, user.text(), answer);
}

}  // namespace mim::http
