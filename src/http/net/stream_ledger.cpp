#include "http/net/stream_ledger.hpp"

namespace mim::http {

StreamLedger::Place StreamLedger::judge(const UserId& user) const {
    if (open_ >= limits_.all) return Place::none_left;
    const auto found = by_user_.find(user);
    const std::size_t of_user = found != by_user_.end() ? found->second : 0;
    return of_user < limits_.of_user ? Place::taken : Place::none_left_for_user;
}

StreamLedger::Place StreamLedger::take(const UserId& user) {
    const std::scoped_lock lock(mutex_);
    const Place place = judge(user);
    if (place != Place::taken) {
        if (observer_ != nullptr) observer_->on_rejected("event_streams");
        return place;
    }
    ++by_user_[user];
    ++open_;
    if (observer_ != nullptr) observer_->on_event_streams(open_);
    return place;
}

void StreamLedger::give_back(const UserId& user) {
    const std::scoped_lock lock(mutex_);
    --open_;
    const auto found = by_user_.find(user);
    if (--found->second == 0) by_user_.erase(found);
    if (observer_ != nullptr) observer_->on_event_streams(open_);
}

}  // namespace mim::http
